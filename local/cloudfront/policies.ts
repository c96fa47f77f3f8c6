import { fields, type Fields } from '../template/fields.ts';
import { TemplateError } from '../template/json.ts';
import { chooser, none, type Choice } from './choice.ts';
import { managedCachePolicies, managedOriginRequestPolicies, type Policies } from './managed-policies.ts';

const FILE = 'local/cloudfront/policies.ts';
const NAMED = { Name: 'a name in the AWS console', Comment: 'a remark in the AWS console' };

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

/** By the id that a behaviour names: the resolved configuration of a policy of the template. */
export type PolicyLookup = (id: string) => Fields | undefined;

/** @param declared answers the template's own policies; AWS's managed ones are known here */
export function findCachePolicy(id: string, declared: PolicyLookup): CachePolicy {
  const config = declared(id) ?? managedPolicy('cache policy', id, managedCachePolicies);
  const parameters = config.group('ParametersInCacheKeyAndForwardedToOrigin');
  const policy = {
    minTtl: config.number('MinTTL', 0),
    defaultTtl: config.number('DefaultTTL', 86_400),
    maxTtl: config.number('MaxTTL', 31_536_000),
    gzip: parameters.flag('EnableAcceptEncodingGzip', false),
    brotli: parameters.flag('EnableAcceptEncodingBrotli', false),
    key: readParts(parameters),
  };
  parameters.done(FILE);
  config.done(FILE, NAMED);
  return policy;
}

/** @param id empty when the behaviour has no such policy: then nothing but the cache key goes to the origin */
export function findOriginRequestPolicy(id: string, declared: PolicyLookup): Parts {
  if (id === '') return { header: none, cookie: none, query: none };
  const config = declared(id) ?? managedPolicy('origin request policy', id, managedOriginRequestPolicies);
  const parts = readParts(config);
  config.done(FILE, NAMED);
  return parts;
}

export function managedPolicy(kind: string, id: string, managed: Policies): Fields {
  const config = managed[id];
  if (config !== undefined) return fields(config, `the managed ${kind} ${id}`);
  throw new TemplateError(
    'DistributionConfig',
    `names the ${kind} ${id}, which is neither in the template nor a managed one known here.`,
    'Declare one in the stack, or add the managed one to local/cloudfront/managed-policies.ts.',
  );
}

function readParts(config: Fields): Parts {
  return {
    header: choice(config, 'HeadersConfig', ['HeaderBehavior', 'Headers'], (name) => name.toLowerCase()),
    cookie: choice(config, 'CookiesConfig', ['CookieBehavior', 'Cookies']),
    query: choice(config, 'QueryStringsConfig', ['QueryStringBehavior', 'QueryStrings']),
  };
}

function choice(config: Fields, name: string, [behaviour, list]: [string, string], fold = asItIs): Choice {
  if (!config.has(name)) return none;
  const group = config.group(name);
  const chosen = chooser(group.text(behaviour), group.texts(list).map(fold), `${group.place}.${behaviour}`);
  group.done(FILE);
  return chosen;
}

const asItIs = (name: string): string => name;
