import type { RunOptions } from '../../options.ts';
import type { ResourceReport } from '../../resources/report.ts';
import type { RunningStack } from '../../stack.ts';
import type { JsonObject } from '../../template/json.ts';
import { retainedIn } from './changes.ts';
import { enter, type ChangeSet, type Stack } from './stack.ts';
import {
  messageOf,
  noteCreation,
  noteDeletion,
  noteRemovals,
  noteUnknown,
  noteUpdate,
  rollbackReason,
} from './telling.ts';

/** Runs a template as the stack's. If it fails, nothing of it stands. */
export type Run = (
  stack: Stack,
  template: JsonObject,
  options: Required<Pick<RunOptions, 'onResource' | 'earlier'>>,
) => Promise<RunningStack>;

/** Creates the stack, or updates it; its status and events tell how that went. */
export async function execute(stack: Stack, changeSet: ChangeSet, run: Run): Promise<void> {
  stack.changeSets.clear();
  stack.tags = changeSet.tags;
  const { running } = stack;
  const done = running === undefined ? create(stack, changeSet, run) : update(stack, changeSet, running, run);
  await done.catch((error: unknown) => enter(stack, 'UPDATE_ROLLBACK_FAILED', messageOf(error)));
}

async function create(stack: Stack, changeSet: ChangeSet, run: Run): Promise<void> {
  const before = stack.events.length;
  enter(stack, 'CREATE_IN_PROGRESS', 'User Initiated');
  adopt(stack, changeSet);
  try {
    const onResource = (report: ResourceReport): void => noteCreation(stack, report);
    stack.running = await run(stack, changeSet.template, { onResource, earlier: undefined });
    stack.outputs = stack.running.outputs;
    enter(stack, 'CREATE_COMPLETE');
  } catch (error) {
    noteUnknown(stack, changeSet, error);
    enter(stack, 'ROLLBACK_IN_PROGRESS', rollbackReason(stack.events.slice(before), error));
    noteDeletion(stack, new Set());
    enter(stack, 'ROLLBACK_COMPLETE');
  }
}

/**
 * The old stack ends before the new one starts, which takes over its ports, tables and secrets: a moment during which
 * nobody answers, where AWS would change one resource after the other. On a fault the old one is started again.
 */
async function update(stack: Stack, changeSet: ChangeSet, old: RunningStack, run: Run): Promise<void> {
  const before = { events: stack.events.length, template: stack.template };
  enter(stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
  const stored = await old.dump();
  await old.stop();
  const restart = async (template: JsonObject, onResource: (report: ResourceReport) => void): Promise<void> => {
    const running = await run(stack, template, { onResource, earlier: stored });
    stack.running = running;
    await running.restore(stored);
    stack.outputs = running.outputs;
  };
  try {
    await restart(changeSet.template, (report) => noteUpdate(stack, changeSet, report));
    adopt(stack, changeSet);
    enter(stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    noteRemovals(stack, changeSet);
    enter(stack, 'UPDATE_COMPLETE');
  } catch (error) {
    noteUnknown(stack, changeSet, error);
    enter(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', rollbackReason(stack.events.slice(before.events), error));
    await rollBack(stack, () => restart(before.template, () => {}));
  }
}

async function rollBack(stack: Stack, restart: () => Promise<void>): Promise<void> {
  try {
    await stack.running?.stop();
    await restart();
    enter(stack, 'UPDATE_ROLLBACK_COMPLETE');
  } catch (error) {
    stack.running = undefined;
    enter(stack, 'UPDATE_ROLLBACK_FAILED', messageOf(error));
  }
}

/** Tables that a stack has left behind. */
export interface LeftTables {
  readonly names: readonly string[];
  /** DynamoDB's, which has them. */
  readonly url: string;
  readonly stop: () => Promise<void> | void;
}

/** @param leave told of the tables that the template retains */
export async function remove(stack: Stack, leave: (tables: LeftTables) => void): Promise<void> {
  enter(stack, 'DELETE_IN_PROGRESS', 'User Initiated');
  const retained = retainedIn(stack.template);
  try {
    if (stack.running !== undefined) await end(stack.running, tablesOf(stack, retained), leave);
    stack.running = undefined;
    noteDeletion(stack, retained);
    enter(stack, 'DELETE_COMPLETE');
  } catch (error) {
    enter(stack, 'DELETE_FAILED', messageOf(error));
  }
}

function tablesOf({ resources }: Stack, retained: ReadonlySet<string>): string[] {
  return [...resources.values()]
    .filter(({ type, logicalId }) => type === 'AWS::DynamoDB::Table' && retained.has(logicalId))
    .map(({ physicalId }) => physicalId);
}

async function end(
  running: RunningStack,
  names: readonly string[],
  leave: (tables: LeftTables) => void,
): Promise<void> {
  if (names.length === 0) return running.stop();
  leave({ names, url: running.dynamodb, stop: await running.retire() });
}

function adopt(stack: Stack, { templateBody, template }: ChangeSet): void {
  Object.assign(stack, { templateBody, template });
  stack.updatedAt = new Date();
}
