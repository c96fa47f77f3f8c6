import { Duration } from 'aws-cdk-lib';
import {
  type BehaviorOptions,
  CachePolicy,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  type IKeyGroup,
  type IOrigin,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { globalName } from './global-name.ts';

/**
 * What a members' file may load and do when it is a page: what it brings along and what lies beside it, with styles of its own, as
 * word processors write them. No script runs: it would be on the page's origin, where the tokens are.
 */
const contentSecurityPolicy = [
  "default-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "script-src 'none'",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The behaviour of `/members/*`, from the page's bucket. CloudFront looks at the cookies before its cache, so all
 * members share what the edge keeps; browsers ask each time, and so need cookies that are good now.
 */
export const membersBehaviour = (scope: Construct, origin: IOrigin, keyGroup: IKeyGroup): BehaviorOptions => ({
  origin,
  viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  cachePolicy: CachePolicy.CACHING_OPTIMIZED,
  trustedKeyGroups: [keyGroup],
  responseHeadersPolicy: new ResponseHeadersPolicy(scope, 'MembersHeaders', {
    responseHeadersPolicyName: `members-${globalName(scope)}`,
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(730), override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
    },
    customHeadersBehavior: {
      // Instead of the object's own, which lets caches between CloudFront and the browser keep it as well.
      customHeaders: [{ header: 'Cache-Control', value: 'private, no-cache', override: true }],
    },
  }),
});
