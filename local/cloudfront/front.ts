import { createPublicKey } from 'node:crypto';
import { Agent } from 'node:http';
import { listen } from '../net/server.ts';
import type { Fields } from '../template/fields.ts';
import { TemplateError } from '../template/json.ts';
import { parseDistribution, type Behaviour, type Origin } from './distribution.ts';
import { createEdge, type Ask, type EdgeOptions, type Route } from './edge.ts';
import { askHttp, type HttpOrigin } from './http-origin.ts';
import { findCachePolicy, findOriginRequestPolicy } from './policies.ts';
import { findResponseHeadersPolicy } from './response-headers.ts';
import { askS3, type S3Origin } from './s3-origin.ts';
import type { TrustedKeys } from './signed-cookies.ts';
import { compileViewerFunction } from './viewer-function.ts';
import { serve } from './viewer.ts';

export interface FrontOptions {
  /** The site's port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** The `DistributionConfig`, as all of the template resolved. */
  readonly distribution: Fields;
  /** The configurations of the template's own policies, by what Ref answers; undefined for AWS's managed ones, known here. */
  cachePolicy(id: string): Fields | undefined;
  originRequestPolicy(id: string): Fields | undefined;
  responseHeadersPolicy(id: string): Fields | undefined;
  functionCode(arn: string): string;
  /** The public keys of a key group, PEM by their id. @default - there are no key groups */
  keyGroup?(id: string): ReadonlyMap<string, string>;
  origin(domainName: string): S3Origin | HttpOrigin;
  /** Hears of each request (never of its query, which may hold codes) and of failing functions. */
  readonly log?: (line: string) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** The time by which signed cookies run out, in milliseconds since 1970. @default now */
  readonly signersNow?: () => number;
}

export interface Front {
  readonly url: string;
  /** The names of its own that the distribution has in AWS. */
  readonly aliases: readonly string[];
  stop(): Promise<void>;
}

/**
 * A CloudFront distribution on http://localhost:<port>: behaviours, functions, cache, compression and header policies, in front of
 * folders that stand for buckets and of local servers.
 * @throws when the distribution names something unknown, and when the port is taken
 */
export async function startFront(options: FrontOptions): Promise<Front> {
  const agent = new Agent({ keepAlive: true });
  const edgeOptions = readOptions(options, agent);
  const edge = createEdge(edgeOptions);
  const log = options.log ?? (() => {});
  const listening = await listen((request, response) => void serve(edge, request, response, log), options.port).catch(
    (error: unknown) => {
      throw portFault(error, options.port);
    },
  );
  return {
    url: `http://localhost:${listening.port}`,
    aliases: edgeOptions.distribution.aliases,
    async stop() {
      agent.destroy();
      await listening.close();
    },
  };
}

function readOptions(options: FrontOptions, agent: Agent): EdgeOptions {
  const distribution = parseDistribution(options.distribution);
  const origins = new Map([...distribution.origins].map(([id, origin]) => [id, asking(origin, options, agent)]));
  return {
    distribution,
    routes: distribution.behaviours.map((behaviour) => routeOf(behaviour, origins, options)),
    now: options.now ?? Date.now,
    signersNow: options.signersNow ?? options.now ?? Date.now,
    log: options.log ?? (() => {}),
  };
}

function asking(origin: Origin, options: FrontOptions, agent: Agent): Ask {
  const at = options.origin(origin.domainName);
  return (request) => {
    const path = `${origin.path}${request.path}`;
    const asked = { ...request, path, headers: { ...request.headers, ...origin.headers } };
    if (at.kind === 's3') return askS3(at, asked, origin.accessControl);
    return askHttp({ origin: at, request: asked, timeoutSeconds: origin.readTimeoutSeconds, agent });
  };
}

function routeOf(behaviour: Behaviour, origins: ReadonlyMap<string, Ask>, options: FrontOptions): Route {
  const { cachePolicyId, originId, originRequestPolicyId, responseHeadersPolicyId } = behaviour;
  const ask = origins.get(originId);
  if (!ask) {
    const problem = `has a behaviour that names the origin ${originId}, which it does not have.`;
    throw new TemplateError(options.distribution.place, problem, 'Mend it in lib/.');
  }
  const compiled = (event: string) => {
    const arn = behaviour.functions.get(event);
    return arn === undefined ? undefined : compileViewerFunction(options.functionCode(arn), arn);
  };
  return {
    ...behaviour,
    ask,
    cache: findCachePolicy(cachePolicyId, (id) => options.cachePolicy(id)),
    forwarded: findOriginRequestPolicy(originRequestPolicyId, (id) => options.originRequestPolicy(id)),
    headersPolicy: findResponseHeadersPolicy(responseHeadersPolicyId, (id) => options.responseHeadersPolicy(id)),
    trustedKeys: trustedKeysOf(behaviour, options),
    viewerRequest: compiled('viewer-request'),
    viewerResponse: compiled('viewer-response'),
  };
}

function trustedKeysOf({ trustedKeyGroups }: Behaviour, options: FrontOptions): TrustedKeys | undefined {
  if (trustedKeyGroups.length === 0) return undefined;
  const keys = trustedKeyGroups.flatMap((id) => [...(options.keyGroup?.(id) ?? [])]);
  return new Map(keys.map(([id, pem]) => [id, createPublicKey(pem)]));
}

function portFault(error: unknown, port: number): unknown {
  const taken = typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE';
  if (!taken) return error;
  return new Error(`Port ${port} is taken by another program. Choose another one: PORT=${port + 1} npm start`, {
    cause: error,
  });
}
