import { isObject, TemplateError, type Json } from './json.ts';
import type { KnownProperties } from './known.ts';
import { knownProperties } from './properties.ts';
import { isCustom, type Resource } from './template.ts';

export interface ResourceFault {
  readonly logicalId: string;
  readonly type: string;
  readonly message: string;
}

/** All that is in a template and unknown here. */
export class UnknownParts extends Error {
  override readonly name = 'UnknownParts';
  readonly faults: readonly ResourceFault[];
  constructor(faults: readonly ResourceFault[]) {
    super(`The local cloud cannot run this template.\n${faults.map(({ message }) => message).join('\n')}`);
    this.faults = faults;
  }
}

/** Refuses resources of unknown types, or with properties that are neither honoured nor ignored for a reason: all at once. */
export function checkKnown(resources: Resource[]): void {
  const faults = resources.flatMap((resource) =>
    faultsOf(resource).map(({ message }) => ({ logicalId: resource.logicalId, type: resource.type, message })),
  );
  if (faults.length > 0) throw new UnknownParts(faults);
}

function faultsOf({ logicalId, type, properties }: Resource): TemplateError[] {
  const known = knownProperties[type];
  // What its properties mean, only its function knows.
  if (known === undefined && isCustom(type)) return [];
  if (known === undefined) return [unknownType(logicalId, type)];
  const todo = `Honour it in local/resources/, or list it with the reason in local/template/properties.ts under ${type}.`;
  return unknownPaths(properties, [], known).map(
    (path) => new TemplateError(`${logicalId}.Properties.${path}`, 'is not known to the local cloud.', todo),
  );
}

export function unknownType(logicalId: string, type: string): TemplateError {
  const todo =
    'Write its provider in local/resources/, name it in local/resources/registry.ts, and its properties in local/template/properties.ts.';
  return new TemplateError(logicalId, `is of type ${type}, which the local cloud does not know.`, todo);
}

function unknownPaths(value: Json, path: string[], known: KnownProperties): string[] {
  const name = path.join('.');
  if (known.honoured.includes(name) || known.ignored[name] !== undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item) => unknownPaths(item, path, known));
  const isParent = name === '' || listed(known).some((entry) => entry.startsWith(`${name}.`));
  if (!isObject(value) || !isParent) return [name];
  return Object.entries(value).flatMap(([key, item]) => unknownPaths(item, [...path, key], known));
}

function listed({ honoured, ignored }: KnownProperties): string[] {
  return [...honoured, ...Object.keys(ignored)];
}
