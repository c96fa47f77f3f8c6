import type { ResourceReport } from '../../resources/report.ts';
import type { RunningStack } from '../../stack.ts';
import { UnknownParts } from '../../template/check.ts';
import type { JsonObject } from '../../template/json.ts';
import { retainedOf } from './changes.ts';
import { enter, note, type ChangeSet, type Stack } from './stack.ts';

/** Runs a template as the stack's. If it fails, nothing of it stands. */
export type Run = (
  stack: Stack,
  template: JsonObject,
  onResource: (report: ResourceReport) => void,
) => Promise<RunningStack>;

/** Creates the stack, or updates it; its status and events tell how that went. */
export async function execute(stack: Stack, changeSet: ChangeSet, run: Run): Promise<void> {
  stack.changeSets.clear();
  stack.tags = changeSet.tags;
  if (stack.running === undefined) await create(stack, changeSet, run);
  else await update(stack, changeSet, stack.running, run);
}

async function create(stack: Stack, changeSet: ChangeSet, run: Run): Promise<void> {
  enter(stack, 'CREATE_IN_PROGRESS', 'User Initiated');
  adopt(stack, changeSet);
  try {
    stack.running = await run(stack, changeSet.template, (report) => noteCreation(stack, report));
    stack.outputs = stack.running.outputs;
    enter(stack, 'CREATE_COMPLETE');
  } catch (error) {
    noteUnknown(stack, error, 'CREATE_FAILED');
    enter(stack, 'ROLLBACK_IN_PROGRESS', `${failed(stack, 'CREATE_FAILED')}Rollback requested by user. ${said(error)}`);
    noteDeletion(stack, new Set());
    enter(stack, 'ROLLBACK_COMPLETE');
  }
}

/**
 * The old stack ends before the new one starts, which takes over its ports, tables and secrets: a moment during which
 * nobody answers, where AWS would change one resource after the other. On a fault the old one is started again.
 */
async function update(stack: Stack, changeSet: ChangeSet, old: RunningStack, run: Run): Promise<void> {
  const before = { templateBody: stack.templateBody, template: stack.template };
  enter(stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
  const stored = await old.dump();
  await old.stop();
  const restart = async (template: JsonObject, onResource: (report: ResourceReport) => void): Promise<void> => {
    const running = await run(stack, template, onResource);
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
    noteUnknown(stack, error, 'UPDATE_FAILED');
    enter(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', `${failed(stack, 'UPDATE_FAILED')}${said(error)}`);
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
    enter(stack, 'UPDATE_ROLLBACK_FAILED', said(error));
  }
}

/** Ends the stack. What its template retains is told so; here it ends with the rest, for it lives in memory. */
export async function remove(stack: Stack): Promise<void> {
  enter(stack, 'DELETE_IN_PROGRESS', 'User Initiated');
  try {
    await stack.running?.stop();
    stack.running = undefined;
    noteDeletion(stack, retainedOf(stack.template));
    enter(stack, 'DELETE_COMPLETE');
  } catch (error) {
    enter(stack, 'DELETE_FAILED', said(error));
  }
}

function adopt(stack: Stack, { templateBody, template }: ChangeSet): void {
  Object.assign(stack, { templateBody, template });
  stack.updatedAt = new Date();
}

function noteCreation(stack: Stack, { logicalId, type, status, physicalId = '', reason }: ResourceReport): void {
  note(stack, { logicalId, physicalId, type, status, reason });
  if (status === 'CREATE_COMPLETE')
    stack.resources.set(logicalId, { logicalId, type, physicalId, status, at: new Date() });
}

/** All are started anew; told are those that the template changes. */
function noteUpdate(stack: Stack, { changes }: ChangeSet, report: ResourceReport): void {
  const change = changes.find(({ logicalId }) => logicalId === report.logicalId);
  const { logicalId, type, physicalId = '', reason } = report;
  const verb = change?.action === 'Add' ? 'CREATE' : 'UPDATE';
  const status = report.status.replace('CREATE', verb);
  if (change !== undefined || status.endsWith('FAILED')) note(stack, { logicalId, physicalId, type, status, reason });
  if (status.endsWith('COMPLETE'))
    stack.resources.set(logicalId, { logicalId, type, physicalId, status, at: new Date() });
}

function noteRemovals(stack: Stack, { changes }: ChangeSet): void {
  for (const { logicalId, type } of changes.filter(({ action }) => action === 'Remove')) {
    const physicalId = stack.resources.get(logicalId)?.physicalId ?? '';
    note(stack, { logicalId, physicalId, type, status: 'DELETE_COMPLETE', reason: undefined });
    stack.resources.delete(logicalId);
  }
}

function noteDeletion(stack: Stack, retained: ReadonlySet<string>): void {
  for (const { logicalId, type, physicalId } of [...stack.resources.values()].toReversed()) {
    const status = retained.has(logicalId) ? 'DELETE_SKIPPED' : 'DELETE_COMPLETE';
    note(stack, { logicalId, physicalId, type, status, reason: undefined });
  }
  stack.resources.clear();
}

/** What the local cloud does not know is found before any resource is begun, so nothing has told of it. */
function noteUnknown(stack: Stack, error: unknown, status: string): void {
  if (!(error instanceof UnknownParts)) return;
  for (const { logicalId, type, message } of error.faults)
    note(stack, { logicalId, physicalId: '', type, status, reason: message });
}

/** In CloudFormation's words; empty when it was no resource that failed. */
function failed(stack: Stack, status: string): string {
  const since = stack.events.findLastIndex((event) => event.reason === 'User Initiated');
  const ids = new Set(stack.events.slice(since).flatMap((event) => (event.status === status ? [event.logicalId] : [])));
  const verb = status === 'CREATE_FAILED' ? 'create' : 'update';
  return ids.size === 0 ? '' : `The following resource(s) failed to ${verb}: [${[...ids].join(', ')}]. `;
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));
