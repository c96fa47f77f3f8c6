import { isObject, TemplateError, type Json } from './json.ts';
import { knownProperties, type KnownProperties } from './properties.ts';
import type { Resource } from './template.ts';

/** Refuses a resource of an unknown type, or with a property that is neither honoured nor ignored for a reason. */
export function checkKnown({ logicalId, type, properties }: Resource): void {
  const known = knownProperties[type];
  if (known === undefined) throw unknownType(logicalId, type);
  for (const path of unknownPaths(properties, [], known)) {
    const todo = `Honour it in local/resources/, or list it with the reason in local/template/properties.ts under ${type}.`;
    throw new TemplateError(
      `${logicalId}.Properties.${path}`,
      'is a property that the local cloud does not know.',
      todo,
    );
  }
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
