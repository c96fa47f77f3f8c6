import { describe, expect, it } from '@jest/globals';
import { templateWith } from './synthesized.ts';

const template = templateWith();
/** @param part of the logical id, where there are several of the type */
const idOf = (type: string, part = ''): string =>
  Object.keys(template.findResources(type)).find((id) => id.includes(part)) ?? '';
const propertiesOf = (type: string, part = '') => template.findResources(type)[idOf(type, part)]?.Properties;

const {
  DefaultCacheBehavior: page,
  CacheBehaviors,
  ...distribution
} = propertiesOf('AWS::CloudFront::Distribution').DistributionConfig;

/** CloudFront takes the first pattern that fits, hence the order counts. */
const paths: string[] = CacheBehaviors.map(({ PathPattern }: { PathPattern: string }) => PathPattern);
const [config, api, members] = CacheBehaviors;

// Managed policies, by the ids that AWS documents.
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER_EXCEPT_HOST_HEADER = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

describe('the distribution', () => {
  it('has the page, the API and the members’ files, and not the webhook', () => {
    expect(paths).toEqual(['/api/config', '/api/*', '/members/*']);
  });

  it('hands API requests on whole, with the API’s own host, and keeps none of the answers', () => {
    expect(api.CachePolicyId).toBe(CACHING_DISABLED);
    expect(api.OriginRequestPolicyId).toBe(ALL_VIEWER_EXCEPT_HOST_HEADER);
    expect(new Set(api.AllowedMethods)).toEqual(new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']));
  });

  it('keeps the config for as long as the config says, up to an hour, the same for everybody', () => {
    expect(config.OriginRequestPolicyId).toBeUndefined();
    expect(config.CachePolicyId).toEqual({ Ref: idOf('AWS::CloudFront::CachePolicy') });
    expect(propertiesOf('AWS::CloudFront::CachePolicy').CachePolicyConfig).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 3600,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: 'none' },
      },
    });
  });

  it('leaves the API’s errors as they are, and keeps none of them', () => {
    const kept = [404, 414, 500, 501, 502, 503, 504];
    expect(distribution.CustomErrorResponses).toEqual(kept.map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })));
  });

  it('speaks HTTPS only, to browsers and to the API', () => {
    expect([page, config, api, members].map((each) => each.ViewerProtocolPolicy)).toEqual([
      'redirect-to-https',
      'https-only',
      'https-only',
      'redirect-to-https',
    ]);
    const [, origin] = distribution.Origins;
    expect(origin.CustomOriginConfig).toEqual({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] });
  });

  it('runs the viewer function before the page, and only there', () => {
    expect(page.FunctionAssociations).toEqual([
      {
        EventType: 'viewer-request',
        FunctionARN: { 'Fn::GetAtt': [idOf('AWS::CloudFront::Function'), 'FunctionARN'] },
      },
    ]);
    for (const each of [config, api, members]) expect(each.FunctionAssociations).toBeUndefined();
    expect(propertiesOf('AWS::CloudFront::Function').FunctionCode).toContain('"/images/a.svg"');
  });
});

describe('the bucket', () => {
  it('is nobody’s to read but this distribution’s', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    const statements: { Effect: string }[] = propertiesOf('AWS::S3::BucketPolicy').PolicyDocument.Statement;
    expect(statements.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      expect.objectContaining({
        Action: 's3:GetObject',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
      }),
    ]);
  });

  it('is asked by signed requests', () => {
    const [origin] = distribution.Origins;
    expect(origin.OriginAccessControlId).toEqual({
      'Fn::GetAtt': [idOf('AWS::CloudFront::OriginAccessControl'), 'Id'],
    });
    expect(propertiesOf('AWS::CloudFront::OriginAccessControl').OriginAccessControlConfig).toMatchObject({
      SigningBehavior: 'always',
      SigningProtocol: 'sigv4',
    });
  });

  it('gets the page, without what is no longer part of it, and CloudFront forgets what it had', () => {
    template.hasResourceProperties('Custom::CDKBucketDeployment', {
      Prune: true,
      DistributionPaths: ['/*'],
      SystemMetadata: { 'cache-control': 'public, max-age=0, s-maxage=31536000, must-revalidate' },
    });
  });
});

describe('the security headers', () => {
  const { SecurityHeadersConfig: security } = propertiesOf(
    'AWS::CloudFront::ResponseHeadersPolicy',
    'SiteHeaders',
  ).ResponseHeadersPolicyConfig;

  it('are on every answer', () => {
    const policy = { Ref: idOf('AWS::CloudFront::ResponseHeadersPolicy', 'SiteHeaders') };
    expect([page, config, api].map((each) => each.ResponseHeadersPolicyId)).toEqual([policy, policy, policy]);
  });

  it('let the page run its own script, in no frame, and call only the API and the provider', () => {
    const parts: unknown[] = security.ContentSecurityPolicy.ContentSecurityPolicy['Fn::Join'][1];
    const policy = parts.map((part) => (typeof part === 'string' ? part : '<ref>')).join('');
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "manifest-src 'self'",
      "connect-src 'self' <ref>/ https://<ref>.auth.<ref>.amazoncognito.com",
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
  });

  it('keep browsers on HTTPS for two years, and win over what the origin says', () => {
    expect(security.StrictTransportSecurity).toMatchObject({ AccessControlMaxAgeSec: 63_072_000, Override: true });
    expect(security.ContentTypeOptions).toEqual({ Override: true });
    expect(security.FrameOptions).toEqual({ FrameOption: 'DENY', Override: true });
    expect(security.ReferrerPolicy).toEqual({ ReferrerPolicy: 'no-referrer', Override: true });
  });
});
