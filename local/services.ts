import { metricStore } from './cloudwatch/metrics.ts';
import { startResponses } from './custom-resources/responses.ts';
import { startWatcher } from './cloudwatch/watcher.ts';
import { startDynamo } from './dynamodb/server.ts';
import { eventBuses } from './eventbridge/bus.ts';
import { startEventBridge } from './eventbridge/server.ts';
import { processTimer, type Timer } from './events/schedule.ts';
import { decider } from './iam/decide.ts';
import { guard } from './iam/guard.ts';
import { roles } from './iam/roles.ts';
import { startLambda } from './lambda/server.ts';
import { lambdaService } from './lambda/service.ts';
import type { RunOptions } from './options.ts';
import type { Cloud } from './resources/provider.ts';
import { secretStore } from './secrets/store.ts';
import { startSecrets } from './secrets/server.ts';
import { addressTable } from './template/addresses.ts';
import type { Assembly } from './template/assembly.ts';

/** Where the services' endpoints are. */
export interface ServiceUrls {
  dynamodb: string;
  secrets: string;
  eventbridge: string;
  lambda: string;
}

/** The services that are there before any resource is, as they are in AWS. */
export async function startServices(
  { account, region, stackName, nameEnd = '', asset }: Assembly,
  { port, environment = {}, log = () => {}, timer = processTimer, ports = new Map(), ...options }: RunOptions,
  onStop: Cloud['onStop'],
): Promise<{ cloud: Cloud; urls: ServiceUrls }> {
  const known = roles();
  const decide = decider();
  const check = guard(known, decide, log);
  const store = secretStore(options.earlier?.secrets);
  const dynamo = await startDynamo(check, `arn:aws:dynamodb:${region}:${account}:`, options.onChange);
  onStop(dynamo.stop);
  const secrets = await startSecrets(store, check);
  onStop(secrets.close);
  const buses = eventBuses(`arn:aws:events:${region}:${account}:`, (bus, event) => {
    log(`[eventbridge] ${bus.name}: ${event['detail-type']} ${JSON.stringify(event.detail)}`);
    options.onEvent?.(event);
  });
  const eventbridge = await startEventBridge(buses, check, { account, region });
  onStop(eventbridge.close);
  const watching = startWatching(options, timer);
  onStop(watching.watcher.stop);
  const lambda = lambdaService({ log, clockAhead: options.clockAhead, metrics: watching.metrics });
  onStop(lambda.stop);
  const invocations = await startLambda(lambda, check, `arn:aws:lambda:${region}:${account}:function:`);
  onStop(invocations.close);
  const responses = await startResponses();
  onStop(responses.close);
  const urls = { dynamodb: dynamo.url, secrets: secrets.url, eventbridge: eventbridge.url, lambda: invocations.url };
  const stores = { dynamo, secrets: store, buses, addresses: addressTable(options.addresses) };
  const earlierCustomResources = new Map(Object.entries(options.earlier?.customResources ?? {}));
  const custom = { responses, earlierCustomResources, functionsNow: clockOf(options.clockAhead) };
  const services = { ...stores, ...watching, ...custom, decide, lambda, roles: known, timer };
  const settings = { account, region, stackName, nameEnd, asset, sitePort: port, ports, log, onStop };
  const cloud = { ...settings, ...services, ...emptyShelves(), environment: { ...endpoints(urls), ...environment } };
  return { cloud, urls };
}

const clockOf =
  (ahead: Int32Array | undefined): (() => number) =>
  () =>
    Date.now() + (ahead?.[0] ?? 0) * 1000;

/** CloudWatch, as far as alarms need it. */
function startWatching(
  { now = Date.now, onAlarm = () => {} }: Pick<RunOptions, 'now' | 'onAlarm'>,
  timer: Timer,
): Pick<Cloud, 'metrics' | 'watcher' | 'onAlarm'> {
  const minute = (): number => Math.floor(now() / 60_000);
  const metrics = metricStore(minute);
  return { metrics, watcher: startWatcher(metrics, minute, timer), onAlarm };
}

/** Where the AWS SDK looks for the addresses of these services. */
function endpoints(urls: ServiceUrls): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_DYNAMODB: urls.dynamodb,
    AWS_ENDPOINT_URL_EVENTBRIDGE: urls.eventbridge,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: urls.secrets,
  };
}

function emptyShelves(): Pick<
  Cloud,
  | 'apis'
  | 'buckets'
  | 'queues'
  | 'topics'
  | 'userPools'
  | 'cachePolicies'
  | 'originRequestPolicies'
  | 'responseHeadersPolicies'
  | 'edgeFunctions'
  | 'publicKeys'
  | 'keyGroups'
  | 'customResources'
  | 'sites'
  | 'issuers'
> {
  return {
    apis: new Map(),
    buckets: new Map(),
    queues: new Map(),
    topics: new Map(),
    userPools: new Map(),
    cachePolicies: new Map(),
    originRequestPolicies: new Map(),
    responseHeadersPolicies: new Map(),
    edgeFunctions: new Map(),
    publicKeys: new Map(),
    keyGroups: new Map(),
    customResources: new Map(),
    sites: new Map(),
    issuers: [],
  };
}
