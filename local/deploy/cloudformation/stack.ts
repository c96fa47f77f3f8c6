import { randomBytes, randomUUID } from 'node:crypto';
import { stackArn } from '../../resources/provider.ts';
import type { RunningStack } from '../../stack.ts';
import type { JsonObject } from '../../template/json.ts';
import type { Change } from './changes.ts';

/** A stack as CloudFormation knows it; `running` is what stands on this machine. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  /** At the end of the names that it makes up: `-1A2B3C4D5E6F`. */
  readonly nameEnd: string;
  readonly createdAt: Date;
  updatedAt: Date | undefined;
  status: string;
  statusReason: string | undefined;
  /** As it was sent; empty until something is deployed. */
  templateBody: string;
  template: JsonObject;
  tags: Readonly<Record<string, string>>;
  terminationProtection: boolean;
  outputs: Readonly<Record<string, string>>;
  readonly resources: Map<string, StackResource>;
  /** Oldest first. */
  readonly events: StackEvent[];
  readonly changeSets: Map<string, ChangeSet>;
  /** Where its servers listen, by logical id: an update leaves them there. */
  readonly ports: Map<string, number>;
  running: RunningStack | undefined;
}

export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly status: string;
  readonly at: Date;
}

export interface StackEvent {
  readonly id: string;
  readonly at: Date;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string | undefined;
}

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly templateBody: string;
  readonly template: JsonObject;
  readonly tags: Readonly<Record<string, string>>;
  /** None: there is nothing to execute. */
  readonly changes: readonly Change[];
  readonly isEmpty: boolean;
}

export function newStack(account: string, region: string, name: string): Stack {
  return {
    id: stackArn(account, region, name),
    name,
    region,
    nameEnd: `-${randomBytes(6).toString('hex').toUpperCase()}`,
    createdAt: new Date(),
    updatedAt: undefined,
    status: 'REVIEW_IN_PROGRESS',
    statusReason: undefined,
    templateBody: '',
    template: {},
    tags: {},
    terminationProtection: false,
    outputs: {},
    resources: new Map(),
    events: [],
    changeSets: new Map(),
    ports: new Map(),
    running: undefined,
  };
}

/** The stack's own new status, with its event. */
export function enter(stack: Stack, status: string, reason?: string): void {
  stack.status = status;
  stack.statusReason = reason;
  note(stack, { logicalId: stack.name, physicalId: stack.id, type: 'AWS::CloudFormation::Stack', status, reason });
}

/** Each a millisecond later than the one before, at least: whoever shows them sorts them by time. */
export function note(stack: Stack, event: Omit<StackEvent, 'id' | 'at'>): void {
  const last = stack.events.at(-1)?.at.getTime() ?? 0;
  stack.events.push({ ...event, id: randomUUID(), at: new Date(Math.max(Date.now(), last + 1)) });
}
