import { createHash } from 'node:crypto';
import type { Addresses } from '../template/addresses.ts';
import type { Fields } from '../template/fields.ts';
import type { Api } from '../apigateway/api.ts';
import type { Metrics } from '../cloudwatch/metrics.ts';
import type { AlarmChange, Watcher } from '../cloudwatch/watcher.ts';
import type { IdentityProvider } from '../cognito/identity.ts';
import type { CustomResource } from '../custom-resources/event.ts';
import type { Responses } from '../custom-resources/responses.ts';
import type { Dynamo } from '../dynamodb/server.ts';
import type { Buses } from '../eventbridge/bus.ts';
import type { Timer } from '../events/schedule.ts';
import type { Decide } from '../iam/decide.ts';
import type { Roles } from '../iam/roles.ts';
import type { LambdaService } from '../lambda/service.ts';
import type { SecretStore } from '../secrets/store.ts';
import type { Bucket } from '../s3/buckets.ts';
import type { Topic } from '../sns/topic.ts';
import type { Queue } from '../sqs/queue.ts';

/** What a provider makes of a resource: how `Ref` and `Fn::GetAtt` answer. */
export interface Created {
  ref: string;
  attributes?: Readonly<Record<string, string>>;
}

export interface ResourceRequest {
  logicalId: string;
  type: string;
  /** Resolved, and known to hold nothing but what properties.ts names. */
  properties: Fields;
}

/** Creates one type of resource in the local cloud. */
export type Provider = (resource: ResourceRequest, cloud: Cloud) => Created | Promise<Created>;

/** What is standing while a stack is created, filled in by the providers. */
export interface Cloud {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
  /** At the end of the names that the stack makes up. */
  readonly nameEnd: string;
  /** The port that the site was asked to have; 0 for a free one. */
  readonly sitePort: number;
  /** By logical id, the port that a resource had in an earlier life of the stack, and is to have again. */
  readonly ports: Map<string, number>;
  /** Added to every function's environment, as Lambda adds its own. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
  readonly asset: (objectKey: string, place: string) => string;
  readonly addresses: Addresses;
  readonly timer: Timer;
  readonly roles: Roles;
  readonly decide: Decide;
  readonly lambda: LambdaService;
  readonly dynamo: Dynamo;
  readonly secrets: SecretStore;
  readonly buses: Buses;
  readonly metrics: Metrics;
  readonly watcher: Watcher;
  /** Told of every alarm that changes its state. */
  readonly onAlarm: (change: AlarmChange) => void;
  /** By their ARN. */
  readonly queues: Map<string, Queue>;
  /** By their ARN. */
  readonly topics: Map<string, Topic>;
  readonly apis: Map<string, Api>;
  readonly buckets: Map<string, Bucket>;
  readonly userPools: Map<string, IdentityProvider>;
  /** Configurations by id or ARN, for the distribution that names them. */
  readonly cachePolicies: Map<string, Fields>;
  readonly originRequestPolicies: Map<string, Fields>;
  readonly responseHeadersPolicies: Map<string, Fields>;
  readonly edgeFunctions: Map<string, string>;
  /** PEM, by their id. */
  readonly publicKeys: Map<string, string>;
  /** Those of a key group, by the group's id. */
  readonly keyGroups: Map<string, ReadonlyMap<string, string>>;
  /** Where their functions answer. */
  readonly responses: Responses;
  /** By logical id. */
  readonly customResources: Map<string, CustomResource>;
  /** Those of an earlier life of the stack. */
  readonly earlierCustomResources: ReadonlyMap<string, CustomResource>;
  /** The functions' clock, in milliseconds since 1970. */
  readonly functionsNow: () => number;
  /** URLs of the distributions by their ARN. */
  readonly sites: Map<string, string>;
  readonly issuers: string[];
  /** Registers what has to end with the cloud. */
  onStop(stop: () => Promise<void> | void): void;
}

export function arn({ region, account }: Cloud, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

export function stackArn(account: string, region: string, stackName: string): string {
  const seed = shortId(stackName, 12).padEnd(12, '0');
  return `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/00000000-0000-4000-8000-${seed}`;
}

/** As CloudFormation names what has no name of its own: stack, logical id, and an end that is random there. */
export function physicalName({ stackName, nameEnd }: Cloud, logicalId: string, longest = 64): string {
  const name = `${stackName}-${logicalId}${nameEnd}`;
  return name.length <= longest ? name : `${name.slice(0, longest - 9)}-${shortId(name, 8)}`;
}

export const portOf = (url: string): number => Number(new URL(url).port);

/** An id that is the same at every start: lower-case letters and digits. */
export function shortId(seed: string, length = 10): string {
  const digest = createHash('sha256').update(seed).digest('hex');
  return BigInt(`0x${digest}`).toString(36).slice(0, length);
}
