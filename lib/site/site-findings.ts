import { Validations } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';

const everywhere = {
  id: 'AwsSolutions-CFR1',
  reason: 'Where an operator may sell is theirs to say; Stripe Tax and Radar are where that is set.',
};

const noLog = {
  id: 'AwsSolutions-CFR3',
  reason:
    "The API's access log has every request that does something. What is left are static files, whose log would be " +
    'a store of visitors’ addresses to look after, and a bucket that needs ACLs, which are off everywhere here.',
};

const noFirewall = {
  id: 'AwsSolutions-CFR2',
  reason:
    'A web ACL costs each month even while nobody comes. The API is throttled, takes small bodies only, and all ' +
    'that matters is behind a token; an operator under attack deploys with -c waf=true.',
};

const noDomain = {
  id: 'AwsSolutions-CFR4',
  reason:
    'CloudFront fixes the TLS policy of its own *.cloudfront.net certificate; a minimum can be set only with a domain ' +
    'and certificate of one’s own. Browsers of today speak TLS 1.2 or 1.3 to it, and HSTS keeps them on HTTPS.',
};

/** What is fine as it is; with a domain or a firewall less is, and is a finding again. */
export const acknowledgeSite = (
  distribution: Distribution,
  { domain, firewall }: { readonly domain: object | undefined; readonly firewall: unknown },
): void =>
  Validations.of(distribution).acknowledge(
    everywhere,
    noLog,
    ...(firewall === undefined ? [noFirewall] : []),
    ...(domain === undefined ? [noDomain] : []),
  );
