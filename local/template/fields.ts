import { isObject, TemplateError, type Json, type JsonObject } from './json.ts';

/** Typed reading of resolved properties; every fault names the resource and the property path. */
export interface Fields {
  readonly place: string;
  readonly values: JsonObject;
  has(name: string): boolean;
  text(name: string, fallback?: string): string;
  number(name: string, fallback?: number): number;
  flag(name: string, fallback: boolean): boolean;
  texts(name: string): string[];
  group(name: string): Fields;
  groups(name: string): Fields[];
}

/** Reads `values`; `place` is where they stand in the template, such as `Records.Properties`. */
export function fields(values: JsonObject, place: string): Fields {
  const wrong = (name: string, wanted: string): TemplateError =>
    new TemplateError(`${place}.${name}`, `should be ${wanted} once resolved.`, 'Mend it in lib/.');
  const list = (name: string): Json[] => {
    const value = values[name] ?? [];
    if (!Array.isArray(value)) throw wrong(name, 'a list');
    return value;
  };
  return {
    place,
    values,
    has: (name) => values[name] !== undefined,
    text: (name, fallback) => text(values[name] ?? fallback, () => wrong(name, 'a string')),
    number: (name, fallback) => number(values[name] ?? fallback, () => wrong(name, 'a number')),
    flag: (name, fallback) => flag(values[name] ?? fallback, () => wrong(name, 'true or false')),
    texts: (name) => list(name).map((value, index) => text(value, () => wrong(`${name}[${index}]`, 'a string'))),
    group: (name) =>
      fields(
        object(values[name] ?? {}, () => wrong(name, 'an object')),
        `${place}.${name}`,
      ),
    groups: (name) =>
      list(name).map((value, index) =>
        fields(
          object(value, () => wrong(`${name}[${index}]`, 'an object')),
          `${place}.${name}[${index}]`,
        ),
      ),
  };
}

// CloudFormation takes "30" for 30 and "true" for true, and numbers where a string is wanted; so do these.
function text(value: Json | undefined, fault: () => Error): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw fault();
}

function number(value: Json | undefined, fault: () => Error): number {
  const result = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof result !== 'number' || Number.isNaN(result)) throw fault();
  return result;
}

function flag(value: Json | undefined, fault: () => Error): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw fault();
}

function object(value: Json, fault: () => Error): JsonObject {
  if (!isObject(value)) throw fault();
  return value;
}
