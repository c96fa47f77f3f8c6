import type { Definitions } from './check.ts';
import type { Schema } from './sdk/json-schema.ts';

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const membersOf = (schema: Schema, definitions: Definitions): readonly Schema[] => {
  if (schema.named !== undefined) return membersOf(definitions[schema.named] ?? {}, definitions);
  return schema.anyOf?.flatMap((member) => membersOf(member, definitions)) ?? [schema];
};

/** The paths in an object at which the SDK says that an id may be expanded, and at which there is one: `latest_invoice`, `payment.payment_intent`. */
export function expandablesIn(schema: Schema, value: unknown, definitions: Definitions, above = ''): string[] {
  if (!isFields(value)) return [];
  const members = membersOf(schema, definitions);
  const object = members.find(
    ({ properties }) => properties !== undefined && Object.keys(value).every((name) => Object.hasOwn(properties, name)),
  );
  return Object.entries(value).flatMap(([name, field]) => {
    const own = object?.properties?.[name];
    if (own === undefined) return [];
    const kinds = new Set(membersOf(own, definitions).map(({ type }) => type));
    const path = above + name;
    if (typeof field === 'string') return kinds.has('string') && kinds.has('object') ? [path] : [];
    return expandablesIn(own, field, definitions, `${path}.`);
  });
}
