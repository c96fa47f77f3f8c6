import { invalidRequest } from './errors.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface Lookup {
  /** The object that a field holds the id of, the id itself when it is gone; undefined when the field is not one that can be expanded. */
  readonly byId: (field: string, id: string) => object | string | undefined;
  /** Fields that an object, or a hash inside it, has only when they are asked for. */
  readonly included: (object: Fields, field: string) => unknown;
}

const MAX_DEPTH = 4;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Place {
  /** The field as it was asked for, e.g. `data.customer`. */
  readonly path: string;
  /** The object of the API that a hash belongs to. */
  readonly owner: Fields;
  readonly lookup: Lookup;
}

function expandField(hash: Fields, field: string, { path, owner, lookup }: Place): unknown {
  const value = hash[field];
  if (typeof value === 'string') {
    const found = lookup.byId(field, value);
    if (found !== undefined) return found;
  } else if (Array.isArray(value)) {
    return value.map((one: unknown) => (typeof one === 'string' ? (lookup.byId(field, one) ?? one) : one));
  } else if (value !== undefined) return value;
  const included = lookup.included(owner, field);
  if (included === undefined) throw invalidRequest(`This property cannot be expanded (${path}).`, 'expand');
  return included;
}

function expandPath(value: unknown, [field, ...rest]: readonly string[], place: Place): unknown {
  if (field === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => expandPath(item, [field, ...rest], place));
  // A null on the way (no latest invoice yet) leaves nothing to expand.
  if (!isFields(value)) return value;
  const here = typeof value.object === 'string' ? { ...place, owner: value } : place;
  return { ...value, [field]: expandPath(expandField(value, field, here), rest, here) };
}

/** Replaces ids by the objects they stand for, as `expand[]` asks: `data.customer`, `latest_invoice.lines.data.price`. Changes nothing in place. */
export function expand(answer: object, paths: readonly string[], lookup: Lookup): unknown {
  return paths.reduce<unknown>((value, path) => {
    const steps = path.split('.');
    const levels = steps.filter((step) => step !== 'data').length;
    if (levels > MAX_DEPTH) {
      throw invalidRequest(
        `You cannot expand more than ${MAX_DEPTH} levels of a property.  Property: ${path}`,
        'expand',
      );
    }
    return expandPath(value, steps, { path, owner: {}, lookup });
  }, answer);
}
