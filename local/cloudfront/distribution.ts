import type { Fields } from '../template/fields.ts';
import { pathMatcher } from './path-pattern.ts';

export interface Distribution {
  /** Without a slash; empty when `/` is asked of the origin as it is. */
  readonly defaultRootObject: string;
  /** Names beside CloudFront's own under which the site is known. */
  readonly aliases: readonly string[];
  /** In the order in which they are tried. The default one, which takes every path, is last. */
  readonly behaviours: readonly Behaviour[];
  readonly origins: ReadonlyMap<string, Origin>;
  readonly errors: ReadonlyMap<number, ErrorResponse>;
}

export interface Behaviour {
  readonly matches: (path: string) => boolean;
  readonly originId: string;
  readonly allowedMethods: ReadonlySet<string>;
  readonly compress: boolean;
  readonly cachePolicyId: string;
  /** Empty when there is none, as the next. */
  readonly originRequestPolicyId: string;
  readonly responseHeadersPolicyId: string;
  /** Ids of the key groups; when there are any, only who has cookies signed by one of their keys is answered. */
  readonly trustedKeyGroups: readonly string[];
  /** ARNs of the CloudFront Functions by event type: `viewer-request`, `viewer-response`. */
  readonly functions: ReadonlyMap<string, string>;
}

export interface Origin {
  readonly domainName: string;
  /** Put in front of every path; empty when there is none. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether CloudFront signs its requests to the bucket, without which a private one refuses. */
  readonly accessControl: boolean;
  readonly readTimeoutSeconds: number;
}

export interface ErrorResponse {
  readonly cachingSeconds: number;
  /** Undefined when the origin's own answer is passed on. */
  readonly page: { readonly path: string; readonly status: number } | undefined;
}

const FILE = 'local/cloudfront/distribution.ts';

const IGNORED_OF_DISTRIBUTION = {
  Enabled: 'a distribution that is declared is served',
  Comment: 'a remark in the AWS console',
  HttpVersion: 'browsers speak HTTP/2 and 3 over TLS only, and there is none on loopback',
  IPV6Enabled: 'it listens on 127.0.0.1',
  PriceClass: 'where the edges are',
  ViewerCertificate: 'there is no TLS on loopback',
  Restrictions: 'visitors on this machine come from no country',
  WebACLId: 'visitors on this machine are no flood, and no firewall is here to look at what they send',
};

const IGNORED_OF_BEHAVIOUR = {
  ViewerProtocolPolicy: 'there is no TLS on loopback to redirect to',
  CachedMethods: 'GET and HEAD are, always; OPTIONS is not, which only costs a question to the origin',
  SmoothStreaming: 'nothing is streamed',
};

const IGNORED_OF_ORIGIN = {
  ConnectionAttempts: 'what refuses on loopback, refuses again',
  ConnectionTimeout: 'a connection on loopback is made or refused at once',
  OriginShield: 'there is one cache only',
};

const IGNORED_OF_CUSTOM_ORIGIN = {
  OriginProtocolPolicy: 'there is no TLS on loopback',
  OriginSSLProtocols: 'there is no TLS on loopback',
  HTTPPort: 'the local origin has its own port',
  HTTPSPort: 'the local origin has its own port',
  OriginKeepaliveTimeout: 'a connection on loopback costs nothing to make',
  IpAddressType: 'origins listen on 127.0.0.1',
};

/**
 * @param config the resolved `DistributionConfig` of an AWS::CloudFront::Distribution
 * @throws TemplateError naming the property that is missing, wrong, or neither honoured nor ignored here
 */
export function parseDistribution(config: Fields): Distribution {
  const behaviours = [
    ...config.groups('CacheBehaviors').map((item) => readBehaviour(item, pathMatcher(item.text('PathPattern')))),
    readBehaviour(config.group('DefaultCacheBehavior'), () => true),
  ];
  const distribution = {
    aliases: config.texts('Aliases'),
    defaultRootObject: config.text('DefaultRootObject', '').replace(/^\//, ''),
    behaviours,
    origins: new Map(config.groups('Origins').map((item) => [item.text('Id'), readOrigin(item)])),
    errors: new Map(config.groups('CustomErrorResponses').map((item) => [item.number('ErrorCode'), readError(item)])),
  };
  config.done(FILE, IGNORED_OF_DISTRIBUTION);
  return distribution;
}

function readBehaviour(config: Fields, matches: (path: string) => boolean): Behaviour {
  const allowed = config.texts('AllowedMethods');
  const behaviour = {
    matches,
    originId: config.text('TargetOriginId'),
    allowedMethods: new Set(allowed.length > 0 ? allowed : ['GET', 'HEAD']),
    compress: config.flag('Compress', false),
    cachePolicyId: config.text('CachePolicyId'),
    originRequestPolicyId: config.text('OriginRequestPolicyId', ''),
    responseHeadersPolicyId: config.text('ResponseHeadersPolicyId', ''),
    trustedKeyGroups: config.texts('TrustedKeyGroups'),
    functions: new Map(config.groups('FunctionAssociations').map(readAssociation)),
  };
  config.done(FILE, IGNORED_OF_BEHAVIOUR);
  return behaviour;
}

function readAssociation(config: Fields): [string, string] {
  const association: [string, string] = [config.text('EventType'), config.text('FunctionARN')];
  config.done(FILE);
  return association;
}

function readOrigin(config: Fields): Origin {
  const custom = config.group('CustomOriginConfig');
  const s3 = config.group('S3OriginConfig');
  const identities = [config.text('OriginAccessControlId', ''), s3.text('OriginAccessIdentity', '')];
  const headers = config
    .groups('OriginCustomHeaders')
    .map((item) => [item.text('HeaderName'), item.text('HeaderValue')]);
  const origin = {
    domainName: config.text('DomainName'),
    path: config.text('OriginPath', ''),
    headers: Object.fromEntries(headers.map(([name = '', value = '']) => [name.toLowerCase(), value])),
    accessControl: identities.some((id) => id !== ''),
    readTimeoutSeconds: custom.number('OriginReadTimeout', 30),
  };
  custom.done(FILE, IGNORED_OF_CUSTOM_ORIGIN);
  s3.done(FILE);
  config.done(FILE, IGNORED_OF_ORIGIN);
  return origin;
}

function readError(config: Fields): ErrorResponse {
  const path = config.text('ResponsePagePath', '');
  const error = {
    cachingSeconds: config.number('ErrorCachingMinTTL', 10),
    page: path === '' ? undefined : { path, status: config.number('ResponseCode', 200) },
  };
  config.done(FILE);
  return error;
}
