/**
 * Reads a resolved CloudFormation property bag. CloudFormation takes `"300"` for 300 and `"true"` for true, so this does too.
 * `done` refuses what nobody has read: a property that is neither honoured nor ignored for a stated reason is an error.
 */
export interface Bag {
  readonly place: string;
  readonly names: readonly string[];
  has(name: string): boolean;
  isText(name: string): boolean;
  text(name: string, fallback?: string): string;
  number(name: string, fallback: number): number;
  flag(name: string, fallback: boolean): boolean;
  /** Absent is the empty list, as in CloudFormation. */
  texts(name: string): readonly string[];
  bag(name: string): Bag | undefined;
  bags(name: string): readonly Bag[];
  done(ignored?: Readonly<Record<string, string>>): void;
}

/**
 * @param place what the bag is, in words a template's author knows (`Distribution.DefaultCacheBehavior`)
 * @param file where a new property is to be honoured; named in errors
 */
export function openBag(value: unknown, place: string, file: string): Bag {
  const read = new Set<string>();
  const values = asRecord(value, place);
  const at = (name: string) => {
    read.add(name);
    return values[name];
  };
  const fault = (name: string, wanted: string) => new Error(`${place}.${name} must be ${wanted}.`);
  const inner = (name: string, item: unknown) => openBag(item, `${place}.${name}`, file);

  return {
    place,
    names: Object.keys(values),
    has: (name) => at(name) !== undefined,
    isText: (name) => typeof at(name) === 'string',
    text(name, fallback) {
      const found = at(name) ?? fallback;
      if (typeof found === 'string') return found;
      throw fault(name, 'a string');
    },
    number(name, fallback) {
      const found = Number(at(name) ?? fallback);
      if (Number.isFinite(found)) return found;
      throw fault(name, 'a number');
    },
    flag(name, fallback) {
      const found = at(name) ?? fallback;
      if (typeof found === 'boolean') return found;
      if (found === 'true' || found === 'false') return found === 'true';
      throw fault(name, 'true or false');
    },
    texts(name) {
      return asList(at(name) ?? [], `${place}.${name}`).map((item) => {
        if (typeof item === 'string') return item;
        throw fault(name, 'a list of strings');
      });
    },
    bag(name) {
      const found = at(name);
      return found === undefined ? undefined : inner(name, found);
    },
    bags(name) {
      return asList(at(name) ?? [], `${place}.${name}`).map((item, index) => inner(`${name}[${index}]`, item));
    },
    done(ignored = {}) {
      const unknown = Object.keys(values).filter((name) => !read.has(name) && !(name in ignored));
      if (unknown.length === 0) return;
      throw new Error(
        `${place} has ${unknown.join(', ')}, which the local cloud does not know. ` +
          `Honour it in ${file}, or list it there among the ignored ones with the reason.`,
      );
    },
  };
}

function asRecord(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.fromEntries(Object.entries(value));
  throw new Error(`${place} must be an object of properties.`);
}

function asList(value: unknown, place: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${place} must be a list.`);
}
