import { startDynamo } from './dynamodb/server.ts';
import { processTimer, type Timer } from './events/schedule.ts';
import { decider } from './iam/decide.ts';
import { guard } from './iam/guard.ts';
import { roles } from './iam/roles.ts';
import { lambdaService } from './lambda/service.ts';
import type { Cloud } from './resources/provider.ts';
import { secretStore } from './secrets/store.ts';
import { startSecrets } from './secrets/server.ts';
import { createStack } from './create.ts';
import { dump, restore, type Stored } from './keep.ts';
import { addressTable } from './template/addresses.ts';
import { loadAssembly, type Assembly } from './template/assembly.ts';

export interface StackOptions {
  /** Folder of the cloud assembly, as `cdk synth` writes it. */
  assembly: string;
  /** The site's port; 0 for a free one. */
  port: number;
  /** Added to every function's environment, as Lambda adds its own. */
  environment?: Record<string, string>;
  /** Gets functions' console lines, access lines and refusals. */
  log?: (line: string) => void;
  /**
   * By how many whole seconds the functions' clock is ahead of this machine's, in memory shared with their workers. All
   * else stays in the machine's time: sign-ins do not run out because a month was skipped.
   * @default - the functions live in the machine's time too
   */
  clockAhead?: Int32Array;
  /** Told whenever something may have changed that `dump` would tell. */
  onChange?: () => void;
  /** What schedules wait with. @default - setTimeout */
  timer?: Timer;
}

export interface RunningStack {
  stackName: string;
  /** The stack's outputs, resolved. */
  outputs: Record<string, string>;
  dynamodb: string;
  secrets: string;
  sites: string[];
  apis: string[];
  issuers: string[];
  /** All that is in its tables and secrets, to be put back into the same stack in another life. */
  dump: () => Promise<Stored>;
  restore: (stored: Stored) => Promise<void>;
  /** Ends workers, servers and timers; may be called again. */
  stop: () => Promise<void>;
}

type Stop = () => Promise<void> | void;

/** Creates the assembly's stack on this machine. If a resource fails, what stood already is taken down again. */
export async function startStack(options: StackOptions): Promise<RunningStack> {
  const assembly = loadAssembly(options.assembly);
  const stops: Stop[] = [];
  const stop = stopOnce(stops);
  try {
    const { cloud, secrets } = await prepare(assembly, options, (end) => stops.push(end));
    const outputs = await createStack(assembly, cloud);
    return {
      stackName: assembly.stackName,
      outputs,
      dynamodb: cloud.dynamo.url,
      secrets,
      sites: [...cloud.sites.values()],
      apis: [...cloud.apis.values()].map((api) => api.url),
      issuers: cloud.issuers,
      dump: () => dump(cloud.dynamo, cloud.secrets),
      restore: (stored) => restore(stored, cloud.dynamo, cloud.secrets),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Backwards: what was built last leans on what was built before. One that fails does not keep the others standing. */
function stopOnce(stops: Stop[]): () => Promise<void> {
  const stopAll = async (): Promise<void> => {
    const faults: unknown[] = [];
    for (const stop of stops.toReversed())
      await Promise.resolve()
        .then(stop)
        .catch((fault: unknown) => faults.push(fault));
    if (faults.length > 0) throw new AggregateError(faults, 'Parts of the local cloud did not stop.');
  };
  let stopping: Promise<void> | undefined;
  return () => (stopping ??= stopAll());
}

/** The services that are there before any resource is, as they are in AWS. */
async function prepare(
  { account, region, stackName, asset }: Assembly,
  { port, environment = {}, log = () => {}, timer = processTimer, clockAhead, onChange }: StackOptions,
  onStop: Cloud['onStop'],
): Promise<{ cloud: Cloud; secrets: string }> {
  const known = roles();
  const decide = decider();
  const check = guard(known, decide, log);
  const store = secretStore();
  const dynamo = await startDynamo(check, `arn:aws:dynamodb:${region}:${account}:`, onChange);
  onStop(dynamo.stop);
  const secrets = await startSecrets(store, check);
  onStop(secrets.close);
  const lambda = lambdaService(log, clockAhead);
  onStop(lambda.stop);
  const endpoints = { AWS_ENDPOINT_URL_DYNAMODB: dynamo.url, AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url };
  const services = { decide, dynamo, lambda, roles: known, secrets: store, addresses: addressTable(), timer };
  const settings = { account, region, stackName, asset, sitePort: port, log, onStop };
  const cloud = { ...settings, ...services, environment: { ...endpoints, ...environment }, ...emptyShelves() };
  return { cloud, secrets: secrets.url };
}

function emptyShelves(): Pick<
  Cloud,
  | 'apis'
  | 'buckets'
  | 'userPools'
  | 'cachePolicies'
  | 'originRequestPolicies'
  | 'responseHeadersPolicies'
  | 'edgeFunctions'
  | 'sites'
  | 'issuers'
> {
  return {
    apis: new Map(),
    buckets: new Map(),
    userPools: new Map(),
    cachePolicies: new Map(),
    originRequestPolicies: new Map(),
    responseHeadersPolicies: new Map(),
    edgeFunctions: new Map(),
    sites: new Map(),
    issuers: [],
  };
}
