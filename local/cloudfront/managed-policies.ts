/**
 * AWS's managed policies, by the ids that never change. Those that may be of use to a site like this one; an id that is not here
 * is an error. (CloudFront Developer Guide, "Use managed cache policies", "... origin request policies", "... response headers policies".)
 */
export type Policies = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const nothing = {
  HeadersConfig: { HeaderBehavior: 'none' },
  CookiesConfig: { CookieBehavior: 'none' },
  QueryStringsConfig: { QueryStringBehavior: 'none' },
};

const compressed = { ...nothing, EnableAcceptEncodingGzip: true, EnableAcceptEncodingBrotli: true };
const optimized = { MinTTL: 1, DefaultTTL: 86_400, MaxTTL: 31_536_000 };

export const managedCachePolicies: Policies = {
  // CachingDisabled
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': {
    MinTTL: 0,
    DefaultTTL: 0,
    MaxTTL: 0,
    ParametersInCacheKeyAndForwardedToOrigin: nothing,
  },
  // CachingOptimized
  '658327ea-f89d-4fab-a63d-7e88639e58f6': { ...optimized, ParametersInCacheKeyAndForwardedToOrigin: compressed },
  // CachingOptimizedForUncompressedObjects
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': { ...optimized, ParametersInCacheKeyAndForwardedToOrigin: nothing },
};

const allCookiesAndQuery = {
  CookiesConfig: { CookieBehavior: 'all' },
  QueryStringsConfig: { QueryStringBehavior: 'all' },
};

export const managedOriginRequestPolicies: Policies = {
  // AllViewer
  '216adef6-5c7f-47e4-b989-5492eafa07d3': { ...allCookiesAndQuery, HeadersConfig: { HeaderBehavior: 'allViewer' } },
  // AllViewerExceptHostHeader
  'b689b0a8-53d0-40ab-baf2-68738e2966ac': {
    ...allCookiesAndQuery,
    HeadersConfig: { HeaderBehavior: 'allExcept', Headers: ['Host'] },
  },
};

export const managedResponseHeadersPolicies: Policies = {
  // SecurityHeadersPolicy
  '67f7725c-6f97-4210-82d7-5512b31e9d03': {
    SecurityHeadersConfig: {
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: false },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'SAMEORIGIN', Override: false },
      XSSProtection: { Protection: true, ModeBlock: true, Override: false },
      ReferrerPolicy: { ReferrerPolicy: 'strict-origin-when-cross-origin', Override: false },
    },
  },
};
