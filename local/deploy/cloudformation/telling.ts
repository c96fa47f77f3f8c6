import type { ResourceReport } from '../../resources/report.ts';
import { UnknownParts } from '../../template/check.ts';
import { note, type ChangeSet, type Stack, type StackEvent } from './stack.ts';

// What CloudFormation's events and resources tell of a stack's life.

export function noteCreation(stack: Stack, { logicalId, type, status, physicalId = '', reason }: ResourceReport): void {
  note(stack, { logicalId, physicalId, type, status, reason });
  if (status === 'CREATE_COMPLETE') list(stack, { logicalId, type, physicalId, status });
}

/** All are started anew; told are those that the template changes, and what fails. */
export function noteUpdate(stack: Stack, changeSet: ChangeSet, report: ResourceReport): void {
  const { logicalId, type, physicalId = '', reason } = report;
  const changed = changeSet.changes.some((change) => change.logicalId === logicalId);
  const status = isNew(changeSet, logicalId) ? report.status : report.status.replace('CREATE', 'UPDATE');
  if (changed || status.endsWith('FAILED')) note(stack, { logicalId, physicalId, type, status, reason });
  if (status.endsWith('COMPLETE')) list(stack, { logicalId, type, physicalId, status });
}

export function noteRemovals(stack: Stack, { changes }: ChangeSet): void {
  for (const { logicalId, type } of changes.filter(({ action }) => action === 'Remove')) {
    const physicalId = stack.resources.get(logicalId)?.physicalId ?? '';
    note(stack, { logicalId, physicalId, type, status: 'DELETE_COMPLETE', reason: undefined });
    stack.resources.delete(logicalId);
  }
}

/** Backwards, as they are deleted; `retained` are the logical ids of those that are not. */
export function noteDeletion(stack: Stack, retained: ReadonlySet<string>): void {
  for (const { logicalId, type, physicalId } of [...stack.resources.values()].toReversed()) {
    const status = retained.has(logicalId) ? 'DELETE_SKIPPED' : 'DELETE_COMPLETE';
    note(stack, { logicalId, physicalId, type, status, reason: undefined });
  }
  stack.resources.clear();
}

/** What the local cloud does not know is found before any resource is begun, so nothing has told of it. */
export function noteUnknown(stack: Stack, changeSet: ChangeSet, error: unknown): void {
  if (!(error instanceof UnknownParts)) return;
  for (const { logicalId, type, message } of error.faults) {
    const status = isNew(changeSet, logicalId) ? 'CREATE_FAILED' : 'UPDATE_FAILED';
    note(stack, { logicalId, physicalId: '', type, status, reason: message });
  }
}

/** Why a stack rolls back, in CloudFormation's words; in the error's own when it was no resource that failed. */
export function rollbackReason(events: readonly StackEvent[], error: unknown): string {
  const told = ['create', 'update'].flatMap((verb) => {
    const failed = events.filter(({ status }) => status === `${verb.toUpperCase()}_FAILED`);
    const ids = [...new Set(failed.map(({ logicalId }) => logicalId))].join(', ');
    return ids === '' ? [] : [`The following resource(s) failed to ${verb}: [${ids}].`];
  });
  return told.length === 0 ? messageOf(error) : told.join(' ');
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function isNew({ changes }: ChangeSet, logicalId: string): boolean {
  return changes.some((change) => change.logicalId === logicalId && change.action === 'Add');
}

function list(stack: Stack, resource: { logicalId: string; type: string; physicalId: string; status: string }): void {
  stack.resources.set(resource.logicalId, { ...resource, at: new Date() });
}
