import { Names } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { Firewall } from '../settings/firewall.ts';
import { onlyInUsEast1 } from './us-east-1.ts';

/** Requests of one address in five minutes, after which it waits. A visit takes twenty; an office may share an address. */
const REQUESTS_IN_FIVE_MINUTES = 1000;

/** AWS's own rules that cost nothing beside the rule itself: what is known to attack, and what is known as an attack. */
const MANAGED = ['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesCommonRuleSet'];

/** The operator's web ACL, or one that is made here. */
export const webAclArn = (scope: Construct, id: string, firewall: Firewall): string =>
  firewall === 'own' ? new WebAcl(scope, id).arn : firewall.webAclArn;

/** A web ACL for CloudFront: it lets through what none of its rules stops. */
class WebAcl extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    onlyInUsEast1(this, 'Region', 'Make a web ACL for CloudFront there and give its ARN: -c waf=arn:aws:wafv2:...');
    const webAcl = new CfnWebACL(this, 'WebAcl', {
      scope: 'CLOUDFRONT',
      description: 'Stops floods and known attacks before the page and /api',
      defaultAction: { allow: {} },
      rules: [perAddress, ...MANAGED.map(managed)],
      // CloudWatch tells web ACLs apart by this name alone.
      visibilityConfig: visibility(Names.uniqueResourceName(this, { maxLength: 128, separator: '-' })),
    });
    this.arn = webAcl.attrArn;
  }
}

const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  metricName,
  // Samples keep whole requests for three hours, and with them the access tokens in their headers.
  sampledRequestsEnabled: false,
});

const perAddress: CfnWebACL.RuleProperty = {
  name: 'PerAddress',
  priority: 0,
  action: { block: {} },
  statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: REQUESTS_IN_FIVE_MINUTES } },
  visibilityConfig: visibility('PerAddress'),
};

const managed = (name: string, index: number): CfnWebACL.RuleProperty => ({
  name,
  priority: index + 1,
  overrideAction: { none: {} },
  statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } },
  visibilityConfig: visibility(name),
});
