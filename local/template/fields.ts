import { isObject, TemplateError, type Json, type JsonObject } from './json.ts';

/** Typed reading of an object of properties; every fault names the resource and the property path, and the next step. */
export interface Fields {
  readonly place: string;
  readonly values: JsonObject;
  has(name: string): boolean;
  text(name: string, fallback?: string): string;
  number(name: string, fallback?: number): number;
  flag(name: string, fallback: boolean): boolean;
  /** Absent is empty, as in CloudFormation; so it is with a group, and with groups. */
  texts(name: string): string[];
  group(name: string): Fields;
  groups(name: string): Fields[];
  /**
   * Refuses what nobody has read here, all of it at once: it is neither honoured nor ignored for a reason.
   * @param reader the file where a new property is to be honoured, or listed among the ignored ones
   * @param ignored what changes nothing, with the reason
   */
  done(reader: string, ignored?: Readonly<Record<string, string>>): void;
}

/** Who wrote the values. */
export interface Author {
  /** Whether a number must be a number, and a string a string. */
  readonly exact: boolean;
  readonly nextStep: string;
}

// CloudFormation takes "30" for 30 and "true" for true, and numbers where a string is wanted.
const template: Author = { exact: false, nextStep: 'Mend it, or what it resolves to, in lib/.' };

/** Reads `values`; `place` is where they stand in the template, such as `Records.Properties`. @throws TemplateError */
export function fields(values: unknown, place: string, author = template): Fields {
  const wrong = (where: string, wanted: string): TemplateError =>
    new TemplateError(where, `should be ${wanted}.`, author.nextStep);
  if (!isObject(values)) throw wrong(place, 'an object');
  const read = new Set<string>();
  const at = (name: string): Json | undefined => {
    read.add(name);
    return values[name];
  };
  const inside = (name: string): string => `${place}.${name}`;
  const list = <T>(name: string, item: (value: Json, where: string) => T): T[] => {
    const found = at(name) ?? [];
    if (!Array.isArray(found)) throw wrong(inside(name), 'a list');
    return found.map((one, index) => item(one, inside(`${name}[${index}]`)));
  };
  const text = (found: Json | undefined, where: string): string =>
    asText(found, author.exact) ?? raise(wrong(where, 'a string'));

  return {
    place,
    values,
    has: (name) => at(name) !== undefined,
    text: (name, fallback) => text(at(name) ?? fallback, inside(name)),
    number: (name, fallback) => asNumber(at(name) ?? fallback, author.exact) ?? raise(wrong(inside(name), 'a number')),
    flag: (name, fallback) => asFlag(at(name) ?? fallback, author.exact) ?? raise(wrong(inside(name), 'true or false')),
    texts: (name) => list(name, text),
    group: (name) => fields(at(name) ?? {}, inside(name), author),
    groups: (name) => list(name, (one, where) => fields(one, where, author)),
    done(reader, ignored = {}) {
      const unread = Object.keys(values).filter((name) => !read.has(name) && !Object.hasOwn(ignored, name));
      if (unread.length > 0) throw unknown(unread.map(inside), reader);
    },
  };
}

function asText(value: Json | undefined, exact: boolean): string | undefined {
  if (typeof value === 'string') return value;
  if (!exact && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  return undefined;
}

function asNumber(value: Json | undefined, exact: boolean): number | undefined {
  const result = typeof value === 'string' && value !== '' && !exact ? Number(value) : value;
  return typeof result === 'number' && Number.isFinite(result) ? result : undefined;
}

function asFlag(value: Json | undefined, exact: boolean): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return !exact && (value === 'true' || value === 'false') ? value === 'true' : undefined;
}

function unknown(places: string[], reader: string): TemplateError {
  const [are, them] = places.length === 1 ? ['is', 'it'] : ['are', 'them'];
  const todo = `Honour ${them} in ${reader}, or list ${them} there among the ignored ones with the reason.`;
  return new TemplateError(places.join(', '), `${are} not known to the local cloud.`, todo);
}

function raise(error: Error): never {
  throw error;
}
