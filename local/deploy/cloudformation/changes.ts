import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json, type JsonObject } from '../../template/json.ts';

export interface Change {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly type: string;
}

/** What a template changes about the resources of another. What only refers to something that changes is not in it. */
export function changesBetween(before: JsonObject, after: JsonObject): Change[] {
  const [old, wanted] = [resourcesOf(before), resourcesOf(after)];
  const ids = new Set([...Object.keys(old), ...Object.keys(wanted)]);
  return [...ids]
    .filter((id) => !isDeepStrictEqual(old[id], wanted[id]))
    .map((logicalId) => ({
      action: actionFor(old[logicalId], wanted[logicalId]),
      logicalId,
      type: typeOf(wanted[logicalId] ?? old[logicalId]),
    }));
}

/** The logical ids of what outlives the stack. */
export function retainedIn(template: JsonObject): ReadonlySet<string> {
  const kept = Object.entries(resourcesOf(template)).filter(
    ([, resource]) =>
      isObject(resource) && ['Retain', 'RetainExceptOnCreate'].some((policy) => policy === resource['DeletionPolicy']),
  );
  return new Set(kept.map(([logicalId]) => logicalId));
}

function resourcesOf({ Resources }: JsonObject): JsonObject {
  return isObject(Resources) ? Resources : {};
}

function actionFor(before: Json | undefined, after: Json | undefined): Change['action'] {
  if (before === undefined) return 'Add';
  return after === undefined ? 'Remove' : 'Modify';
}

function typeOf(resource: Json | undefined): string {
  const type = isObject(resource) ? resource['Type'] : undefined;
  return typeof type === 'string' ? type : '';
}
