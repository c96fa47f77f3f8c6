import type { Schema } from './sdk/json-schema.ts';

export type Definitions = Readonly<Record<string, Schema>>;
type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value === 'object' ? 'object' : typeof value;

const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? 'undefined';

/**
 * Holds values against schemas: what is wrong, one line each, none when all is right. An interpreter of just the schemas that are
 * derived here, because the SDK's types all hang together, and compiling them takes longer than all that the tests then check.
 */
export function createChecker(definitions: Definitions) {
  function faultsOf(schema: Schema, value: unknown, at: string): string[] {
    if (schema.named !== undefined) return faultsOf(definitionOf(schema.named), value, at);
    if (schema.anyOf !== undefined) return faultsOfUnion(schema.anyOf, value, at);
    if (schema.enum !== undefined) {
      const words: readonly unknown[] = schema.enum;
      return words.includes(value) ? [] : [`${at} is ${shown(value)}, not ${schema.enum.slice(0, 20).join(', ')}`];
    }
    if (schema.type === undefined) return [];
    if (schema.type !== kindOf(value)) return [`${at} is ${shown(value)}, no ${schema.type}`];
    if (Array.isArray(value))
      return value.flatMap((item, index) => faultsOf(schema.items ?? {}, item, `${at}[${index}]`));
    if (isFields(value)) return faultsOfFields(schema, value, at);
    return new RegExp(schema.pattern ?? '').test(String(value))
      ? []
      : [`${at} is ${shown(value)}, not ${schema.pattern}`];
  }

  function definitionOf(name: string): Schema {
    const definition = definitions[name];
    if (definition === undefined) throw new Error(`no definition ${name}`);
    return definition;
  }

  /** Of the members that do not fit, the one that fits best tells why. */
  function faultsOfUnion(members: readonly Schema[], value: unknown, at: string): string[] {
    let best: string[] | undefined;
    for (const member of members) {
      const faults = faultsOf(member, value, at);
      if (faults.length === 0) return faults;
      const wholly = faults.length === 1 && faults[0]?.startsWith(`${at} is `);
      if (!wholly && (best === undefined || faults.length < best.length)) best = faults;
    }
    return best ?? [`${at} is ${shown(value)}, none of ${members.map(summary).join(', ')}`];
  }

  function faultsOfFields(schema: Schema, value: Fields, at: string): string[] {
    const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(value, name));
    const wrong = Object.entries(value).flatMap(([name, field]) => {
      const known = fieldSchema(schema, name);
      if (known === undefined || known === false) return [`${at}.${name} is unknown`];
      return known === true ? [] : faultsOf(known, field, `${at}.${name}`);
    });
    return [...missing.map((name) => `${at}.${name} is missing`), ...wrong];
  }

  return (schema: Schema, value: unknown): string[] => faultsOf(schema, value, '');
}

function fieldSchema({ properties, patternProperties, additionalProperties }: Schema, name: string) {
  if (properties !== undefined && Object.hasOwn(properties, name)) return properties[name];
  const pattern = Object.keys(patternProperties ?? {}).find((one) => new RegExp(one).test(name));
  return pattern === undefined ? additionalProperties : patternProperties?.[pattern];
}

const summary = ({ type, enum: words, named }: Schema): string =>
  named ?? words?.slice(0, 8).join(' | ') ?? type ?? 'anything';
