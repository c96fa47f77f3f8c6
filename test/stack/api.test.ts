import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { readDocumentedRoutes } from './documented-routes.ts';
import { templateWith } from './synthesized.ts';

const template = templateWith();
const properties = (type: string) => Object.values(template.findResources(type)).map(({ Properties }) => Properties);

describe('the HTTP API', () => {
  const routes = properties('AWS::ApiGatewayV2::Route');

  it('has the routes of docs/api.md with the caller that it names, and one for all that is no route', () => {
    const documented = readDocumentedRoutes().map(({ key, signedIn }) => [key, signedIn ? 'JWT' : 'NONE']);
    expect(Object.fromEntries(routes.map((route) => [route.RouteKey, route.AuthorizationType]))).toEqual({
      ...Object.fromEntries(documented),
      $default: 'NONE',
    });
  });

  it('takes the tokens of the user pool that are meant for the page, as the pool names itself', () => {
    const [pool] = Object.keys(template.findResources('AWS::Cognito::UserPool'));
    const [client] = Object.keys(template.findResources('AWS::Cognito::UserPoolClient'));
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Audience: [{ Ref: client }], Issuer: { 'Fn::GetAtt': [pool, 'ProviderURL'] } },
    });
  });

  it('asks no scopes, so that any OpenID provider will do', () => {
    expect(routes.every((route) => route.AuthorizationScopes === undefined)).toBe(true);
  });

  it('has no CORS, because the page is on the same origin', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', { CorsConfiguration: Match.absent() });
  });

  it('is throttled', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
    });
  });

  it('logs who called what as JSON, without headers, query strings or claims', () => {
    const [stage] = properties('AWS::ApiGatewayV2::Stage');
    const format: Record<string, string> = JSON.parse(stage?.AccessLogSettings.Format);
    expect(Object.keys(format)).toEqual(expect.arrayContaining(['requestId', 'route', 'status', 'ip']));
    expect(Object.values(format).join()).not.toMatch(/header|query|claims|path/i);
  });

  it('tells the fallback all routes, so that it can tell 404 from 405', () => {
    const told = properties('AWS::Lambda::Function').flatMap((each) => each.Environment?.Variables?.ROUTES ?? []);
    expect(told).toEqual([
      readDocumentedRoutes()
        .map(({ key }) => key)
        .join(','),
    ]);
  });
});

describe('the outputs', () => {
  const addresses = ['SiteUrl', 'ApiUrl', 'WebhookUrl', 'SecretId', 'TableName', 'Issuer', 'ClientId'];
  it.each([...addresses, 'GraceDays', 'Disputes', 'AccessChangesBus'])('have %s', (name) => {
    template.hasOutput(name, {});
  });

  it('give Stripe the API’s own address', () => {
    const [api] = Object.keys(template.findResources('AWS::ApiGatewayV2::Api'));
    template.hasOutput('WebhookUrl', {
      Value: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [api, 'ApiEndpoint'] }, '/webhook']] },
    });
  });
});
