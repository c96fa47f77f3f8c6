import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { templateWith } from './synthesized.ts';

const domainName = 'app.example.com';
const hostedZoneId = 'Z0123456789AB';
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b-2c3d';

const distributionWith = (config: Record<string, unknown>) => ({ DistributionConfig: Match.objectLike(config) });
const inUsEast1 = { Assert: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } };

/** Rules beside the CDK's own. */
const rulesOf = (template: ReturnType<typeof templateWith>): unknown[] =>
  Object.entries(template.toJSON()['Rules'] ?? {}).flatMap(([id, rule]) =>
    id === 'CheckBootstrapVersion' ? [] : [rule],
  );

describe('a domain with a certificate', () => {
  const template = templateWith({ context: { domainName, certificateArn } });

  it('is the site’s, under TLS 1.2 or newer', () => {
    template.hasResourceProperties(
      'AWS::CloudFront::Distribution',
      distributionWith({
        Aliases: [domainName],
        ViewerCertificate: Match.objectLike({
          AcmCertificateArn: certificateArn,
          MinimumProtocolVersion: 'TLSv1.2_2021',
        }),
      }),
    );
  });

  it('is where sign-in, Checkout and the portal lead back to, and what the operator’s commands read', () => {
    template.hasOutput('SiteUrl', { Value: 'https://app.example.com' });
    template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      CallbackURLs: ['https://app.example.com/'],
      LogoutURLs: ['https://app.example.com/'],
    });
    const environments = Object.values(template.findResources('AWS::Lambda::Function'))
      .map(({ Properties }) => Properties.Environment?.Variables?.SITE_URL)
      .filter((url) => url !== undefined);
    expect(new Set(environments)).toEqual(new Set(['https://app.example.com']));
  });

  it('is pointed at CloudFront by the operator, in any region', () => {
    template.resourceCountIs('AWS::Route53::RecordSet', 0);
    template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
    expect(rulesOf(template)).toEqual([]);
  });
});

describe('a domain with a zone and no certificate', () => {
  const template = templateWith({ context: { domainName, hostedZoneId } });

  it('has a certificate made, which the zone proves', () => {
    template.hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainName: domainName,
      ValidationMethod: 'DNS',
      DomainValidationOptions: [{ DomainName: domainName, HostedZoneId: hostedZoneId }],
    });
  });

  it('is refused by CloudFormation outside of us-east-1, with what to do instead', () => {
    expect(rulesOf(template)).toEqual([
      { Assertions: [{ ...inUsEast1, AssertDescription: expect.stringMatching(/us-east-1 only.*certificateArn/) }] },
    ]);
  });

  it.each(['A', 'AAAA'])('leads to CloudFront by an %s record', (Type) => {
    template.hasResourceProperties('AWS::Route53::RecordSet', {
      Name: 'app.example.com.',
      Type,
      HostedZoneId: hostedZoneId,
      AliasTarget: Match.objectLike({
        DNSName: {
          'Fn::GetAtt': [Object.keys(template.findResources('AWS::CloudFront::Distribution'))[0], 'DomainName'],
        },
      }),
    });
  });
});

describe('a firewall', () => {
  const template = templateWith({ context: { waf: true } });
  const [webAcl] = Object.keys(template.findResources('AWS::WAFv2::WebACL'));

  it('stands before CloudFront, and lets through what no rule stops', () => {
    template.hasResourceProperties(
      'AWS::CloudFront::Distribution',
      distributionWith({ WebACLId: { 'Fn::GetAtt': [webAcl, 'Arn'] } }),
    );
    template.hasResourceProperties('AWS::WAFv2::WebACL', { Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
    expect(rulesOf(template)).toEqual([expect.objectContaining({ Assertions: expect.anything() })]);
  });

  it('stops an address that floods, addresses that are known to attack, and what is known as an attack', () => {
    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      Rules: [
        Match.objectLike({
          Action: { Block: {} },
          Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 1000 } },
        }),
        Match.objectLike({
          OverrideAction: { None: {} },
          Statement: {
            ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesAmazonIpReputationList' },
          },
        }),
        Match.objectLike({
          OverrideAction: { None: {} },
          Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } },
        }),
      ],
    });
  });

  it('keeps no samples of requests, which would hold access tokens', () => {
    expect(JSON.stringify(template.findResources('AWS::WAFv2::WebACL'))).not.toContain('"SampledRequestsEnabled":true');
  });

  const waf = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/0a1b-2c3d';
  const own = templateWith({ context: { waf } });
  const none = templateWith();

  it('may be one that the operator has already', () => {
    own.hasResourceProperties('AWS::CloudFront::Distribution', distributionWith({ WebACLId: waf }));
    own.resourceCountIs('AWS::WAFv2::WebACL', 0);
  });

  it('is not there unless asked for, because it costs each month', () => {
    none.resourceCountIs('AWS::WAFv2::WebACL', 0);
  });
});
