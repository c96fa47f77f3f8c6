import { openBag, type Bag } from './bag.ts';
import { chooser, type Choice } from './choice.ts';
import { managedCachePolicies, managedOriginRequestPolicies } from './managed-policies.ts';

const FILE = 'local/cloudfront/policies.ts';
const NAMED = { Name: 'a name in the AWS console', Comment: 'a remark in the AWS console' };

/** The resolved `CachePolicyConfig` of an AWS::CloudFront::CachePolicy. */
export type CachePolicyConfig = Readonly<Record<string, unknown>>;
/** The resolved `OriginRequestPolicyConfig` of an AWS::CloudFront::OriginRequestPolicy. */
export type OriginRequestPolicyConfig = Readonly<Record<string, unknown>>;

/** Which parts of a request count. */
export interface Parts {
  readonly header: Choice;
  readonly cookie: Choice;
  readonly query: Choice;
}

/** How long, in seconds, and under which key an answer is kept. */
export interface CachePolicy {
  readonly minTtl: number;
  readonly defaultTtl: number;
  readonly maxTtl: number;
  readonly gzip: boolean;
  readonly brotli: boolean;
  /** What makes two requests different, and therefore goes to the origin too. */
  readonly key: Parts;
}

export type PolicyLookup = (id: string) => Readonly<Record<string, unknown>> | undefined;

/** @param declared answers the template's own policies; AWS's managed ones are known here */
export function findCachePolicy(id: string, declared: PolicyLookup): CachePolicy {
  const config = declared(id) ?? managedCachePolicies[id] ?? unknownPolicy('cache policy', id);
  const bag = openBag(config, 'CachePolicyConfig', FILE);
  const parameters = bag.bag('ParametersInCacheKeyAndForwardedToOrigin');
  const policy = {
    minTtl: bag.number('MinTTL', 0),
    defaultTtl: bag.number('DefaultTTL', 86_400),
    maxTtl: bag.number('MaxTTL', 31_536_000),
    gzip: parameters?.flag('EnableAcceptEncodingGzip', false) ?? false,
    brotli: parameters?.flag('EnableAcceptEncodingBrotli', false) ?? false,
    key: readParts(parameters),
  };
  parameters?.done();
  bag.done(NAMED);
  return policy;
}

/** @param id empty when the behaviour has no such policy: then nothing but the cache key goes to the origin */
export function findOriginRequestPolicy(id: string, declared: PolicyLookup): Parts {
  if (id === '') return readParts(undefined);
  const config = declared(id) ?? managedOriginRequestPolicies[id] ?? unknownPolicy('origin request policy', id);
  const bag = openBag(config, 'OriginRequestPolicyConfig', FILE);
  const parts = readParts(bag);
  bag.done(NAMED);
  return parts;
}

export function unknownPolicy(kind: string, id: string): never {
  throw new Error(
    `The distribution names the ${kind} ${id}, which is neither in the template nor a managed one known here. ` +
      'Declare one in the stack, or add the managed one to local/cloudfront/managed-policies.ts.',
  );
}

function readParts(bag: Bag | undefined): Parts {
  return {
    header: choice(bag?.bag('HeadersConfig'), 'HeaderBehavior', 'Headers', (name) => name.toLowerCase()),
    cookie: choice(bag?.bag('CookiesConfig'), 'CookieBehavior', 'Cookies', (name) => name),
    query: choice(bag?.bag('QueryStringsConfig'), 'QueryStringBehavior', 'QueryStrings', (name) => name),
  };
}

function choice(bag: Bag | undefined, behaviour: string, list: string, fold: (name: string) => string): Choice {
  const chosen = chooser(bag?.text(behaviour) ?? 'none', (bag?.texts(list) ?? []).map(fold), bag?.place ?? '');
  bag?.done();
  return chosen;
}
