import { describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import { startCloud } from '../../../local/cloud.ts';
import { getAtt, httpApi, lambdaFunction, ref, removeAssembly, route, writeAssembly, type Parts } from './assembly.ts';
import { run } from './run.ts';

const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const behaviour = { CachePolicyId: cachingDisabled, ViewerProtocolPolicy: 'redirect-to-https' };
const edgeCode = `function handler(event) {
  if (event.request.uri === '/') event.request.uri = '/index.html';
  return event.request;
}`;

/** A page in a private bucket and an API, behind one distribution, with sign-in by a user pool. */
function site(changes: { policy?: object; oac?: object } = {}): Parts {
  const Resources = {
    Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
    BucketPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: ref('Bucket'),
        PolicyDocument: { Version: '2012-10-17', Statement: [changes.policy ?? mayRead] },
      },
    },
    Files: {
      Type: 'Custom::CDKBucketDeployment',
      Properties: {
        ServiceToken: 'any',
        SourceBucketNames: ['assets'],
        SourceObjectKeys: ['Page.zip'],
        DestinationBucketName: ref('Bucket'),
        SystemMetadata: { 'cache-control': 'max-age=60' },
      },
    },
    Access: {
      Type: 'AWS::CloudFront::OriginAccessControl',
      Properties: {
        OriginAccessControlConfig: {
          Name: 'x',
          OriginAccessControlOriginType: 's3',
          SigningBehavior: 'always',
          SigningProtocol: 'sigv4',
        },
      },
    },
    Rewrite: {
      Type: 'AWS::CloudFront::Function',
      Properties: {
        Name: 'rewrite',
        AutoPublish: true,
        FunctionCode: edgeCode,
        FunctionConfig: { Comment: 'x', Runtime: 'cloudfront-js-2.0' },
      },
    },
    Headers: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: { Name: 'x', SecurityHeadersConfig: { ContentTypeOptions: { Override: true } } },
      },
    },
    Site: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: distribution } },
    Pool: { Type: 'AWS::Cognito::UserPool', Properties: { UsernameAttributes: ['email'] } },
    Domain: { Type: 'AWS::Cognito::UserPoolDomain', Properties: { Domain: 'shop', UserPoolId: ref('Pool') } },
    Client: {
      Type: 'AWS::Cognito::UserPoolClient',
      Properties: {
        UserPoolId: ref('Pool'),
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ['code'],
        AllowedOAuthScopes: ['openid'],
        CallbackURLs: [{ 'Fn::Join': ['', ['https://', getAtt('Site', 'DomainName'), '/']] }],
      },
    },
    SignedIn: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: ref('Api'),
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: getAtt('Pool', 'ProviderURL'), Audience: [ref('Client')] },
        Name: 'x',
      },
    },
    ...lambdaFunction('Hello'),
    ...httpApi(),
    ...route('GET /api/hello', 'Hello'),
    ...route('GET /api/me', 'Hello', { route: { AuthorizationType: 'JWT', AuthorizerId: ref('SignedIn') } }),
  };
  const host = ['https://', ref('Api'), '.execute-api.', ref('AWS::Region'), '.', ref('AWS::URLSuffix')];
  const Outputs = {
    SiteUrl: { Value: { 'Fn::Join': ['', ['https://', getAtt('Site', 'DomainName')]] } },
    WebhookUrl: { Value: { 'Fn::Join': ['', [...host, '/webhook']] } },
    SignIn: { Value: { 'Fn::Sub': 'https://${Domain}.auth.${AWS::Region}.amazoncognito.com/login' } },
  };
  const assets = {
    Page: { 'index.html': '<h1>Plans</h1>' },
    Hello: { 'index.mjs': 'export const handler = async () => ({ hello: "world" });' },
  };
  return { template: JSON.parse(JSON.stringify({ Resources, Outputs })), assets };
}

const mayRead = {
  Effect: 'Allow',
  Action: 's3:GetObject',
  Principal: { Service: 'cloudfront.amazonaws.com' },
  Resource: { 'Fn::Join': ['', [getAtt('Bucket', 'Arn'), '/*']] },
  Condition: {
    StringEquals: { 'AWS:SourceArn': { 'Fn::Sub': 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Site}' } },
  },
};

const distribution = {
  Enabled: true,
  Origins: [
    {
      Id: 'bucket',
      DomainName: getAtt('Bucket', 'RegionalDomainName'),
      OriginAccessControlId: getAtt('Access', 'Id'),
      S3OriginConfig: { OriginAccessIdentity: '' },
    },
    {
      Id: 'api',
      DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', getAtt('Api', 'ApiEndpoint')] }] },
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
    },
  ],
  CacheBehaviors: [{ ...behaviour, PathPattern: '/api/*', TargetOriginId: 'api' }],
  DefaultCacheBehavior: {
    ...behaviour,
    TargetOriginId: 'bucket',
    ResponseHeadersPolicyId: ref('Headers'),
    FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: getAtt('Rewrite', 'FunctionARN') }],
  },
};

const read = async (url: string): Promise<[number, string]> => {
  const response = await fetch(url);
  return [response.status, await response.text()];
};

describe('the site', () => {
  it('is the deployed page and the API on one origin, with the template’s functions and headers', async () => {
    const stack = await run(site());
    const page = await fetch(`${stack.sites[0]}/`);
    expect([page.status, await page.text()]).toEqual([200, '<h1>Plans</h1>']);
    expect(page.headers.get('cache-control')).toBe('max-age=60');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await read(`${stack.sites[0]}/api/hello`)).toEqual([200, '{"hello":"world"}']);
    expect((await read(`${stack.sites[0]}/missing`))[0]).toBe(403);
  });

  it.each([
    ['has no statement for CloudFront', { ...mayRead, Principal: { Service: 'lambda.amazonaws.com' } }],
    [
      'is for another distribution',
      { ...mayRead, Condition: { StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::0:distribution/E' } } },
    ],
    ['denies', { ...mayRead, Effect: 'Deny' }],
  ])('cannot be read when the bucket policy %s', async (_why, policy) => {
    const stack = await run(site({ policy }));
    expect((await read(`${stack.sites[0]}/`))[0]).toBe(403);
  });
});

describe('the local cloud', () => {
  it('answers AWS’s addresses by its own, and stops whole', async () => {
    const assembly = writeAssembly(site());
    const cloud = await startCloud({ assembly, port: 0 });
    const { endpoints, outputs } = cloud;
    expect(outputs).toEqual({
      SiteUrl: endpoints.site,
      WebhookUrl: `${endpoints.api}/webhook`,
      SignIn: `${new URL(endpoints.issuer).origin}/login`,
    });
    expect(endpoints.site).toMatch(/^http:\/\/localhost:\d+$/);
    expect((await read(`${endpoints.issuer}/.well-known/openid-configuration`))[0]).toBe(200);
    expect((await read(`${endpoints.api}/api/me`))[0]).toBe(401);
    await Promise.all([cloud.stop(), cloud.stop()]);
    for (const url of Object.values(endpoints)) await expect(fetch(url)).rejects.toThrow('fetch failed');
    removeAssembly(assembly);
  });

  it('says which port is taken and how to choose another, and leaves nothing standing', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const assembly = writeAssembly(site());
    await expect(startCloud({ assembly, port })).rejects.toThrow(new RegExp(`Port ${port} is taken.*PORT=`));
    other.close();
    removeAssembly(assembly);
  });
});
