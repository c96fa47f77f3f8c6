import { invalidRequest, missingParam, unknownParams, unsupported } from './errors.ts';
import type { Form, FormValue } from './form.ts';

/** Reads one parameter. `path` is its name as Stripe writes it in errors, e.g. `items[0][price]`. */
export interface Param<T> {
  readonly read: (value: FormValue, path: string) => T;
  /** What it is made of, for those who list or check what is taken; a plain value has nothing to tell. */
  readonly made?: MadeOf;
}
export type MadeOf =
  | { readonly kind: 'object'; readonly shape: Shape }
  | { readonly kind: 'list'; readonly item: Param<unknown> }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'either'; readonly of: readonly Param<unknown>[] }
  | { readonly kind: 'refused' };
export interface Needed<T> extends Param<T> {
  readonly needed: true;
}
export type Shape = Readonly<Record<string, Param<unknown>>>;

/** What a handler gets: needed parameters as their type, the others `undefined` when they were not sent. */
export type Parsed<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends Needed<infer T> ? T : S[K] extends Param<infer T> ? T | undefined : never;
};

export const needed = <T>(param: Param<T>): Needed<T> => ({ ...param, needed: true });

const isNeeded = (param: Param<unknown>): boolean => 'needed' in param;

export function scalar(value: FormValue, path: string): string {
  if (typeof value !== 'string') throw invalidRequest(`Invalid string: ${path} must be a single value`, path);
  return value;
}

export const text = (maximum = 5000): Param<string> => ({
  read: (raw, path) => {
    const value = scalar(raw, path);
    if (value === '') {
      const message = `You passed an empty string for '${path}'. We assume empty values are an attempt to unset a parameter; however '${path}' cannot be unset. You should remove '${path}' from your request or supply a non-empty value.`;
      throw invalidRequest(message, path, 'parameter_invalid_empty');
    }
    if (value.length > maximum) {
      throw invalidRequest(`Invalid string: ${value.slice(0, 20)}...; must be at most ${maximum} characters`, path);
    }
    return value;
  },
});

export const integer = (minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER): Param<number> => ({
  read: (raw, path) => {
    const value = scalar(raw, path);
    if (!/^-?\d{1,15}$/.test(value))
      throw invalidRequest(`Invalid integer: ${value}`, path, 'parameter_invalid_integer');
    const number = Number(value);
    if (number < minimum) {
      throw invalidRequest(
        `This value must be greater than or equal to ${minimum}.`,
        path,
        'parameter_invalid_integer',
      );
    }
    if (number > maximum) {
      throw invalidRequest(`This value must be less than or equal to ${maximum}.`, path, 'parameter_invalid_integer');
    }
    return number;
  },
});

export const bool: Param<boolean> = {
  read: (raw, path) => {
    const value = scalar(raw, path);
    if (value !== 'true' && value !== 'false') throw invalidRequest(`Invalid boolean: ${value}`, path);
    return value === 'true';
  },
};

export function oneOf<const T extends string>(...values: readonly T[]): Param<T> {
  return {
    made: { kind: 'words', words: values },
    read: (raw, path) => {
      const value = scalar(raw, path);
      const known = values.find((candidate) => candidate === value);
      if (known === undefined) throw invalidRequest(`Invalid ${path}: must be one of ${values.join(', ')}`, path);
      return known;
    },
  };
}

/** Stripe has more values here than the simulator: those are refused as unsupported, all others as invalid. */
export function oneOfSupported<const T extends string>(values: readonly T[], others: readonly string[]): Param<T> {
  const all = oneOf(...values, ...others);
  return {
    made: { kind: 'words', words: [...values, ...others] },
    read: (raw, path) => {
      const value = all.read(raw, path);
      const known = values.find((candidate) => candidate === value);
      if (known === undefined) throw unsupported(`${path}: ${value}`, path);
      return known;
    },
  };
}

/** A parameter of Stripe's that the simulator has nothing to do with yet. */
export const notSupported: Param<never> = {
  made: { kind: 'refused' },
  read: (_, path) => {
    throw unsupported(`the parameter ${path}`, path);
  },
};

/** Empty unsets: the value is then null. */
export const unsettable = <T>(param: Param<T>): Param<T | null> => ({
  ...param,
  read: (raw, path) => (raw === '' ? null : param.read(raw, path)),
});

export const either = <A, B>(
  first: Param<A>,
  isFirst: (raw: FormValue) => boolean,
  second: Param<B>,
): Param<A | B> => ({
  made: { kind: 'either', of: [first, second] },
  read: (raw, path) => (isFirst(raw) ? first.read(raw, path) : second.read(raw, path)),
});

export function entries(raw: FormValue, path: string): Form {
  if (typeof raw === 'string') throw invalidRequest(`Invalid object: ${path} must be a hash or an array`, path);
  return raw;
}

export const list = <T>(item: Param<T>, maximum = 100): Param<T[]> => ({
  made: { kind: 'list', item },
  read: (raw, path) => {
    const form = entries(raw, path);
    if (form.size > maximum) throw invalidRequest(`Array ${path} exceeded maximum ${maximum} allowed elements.`, path);
    return [...form].map(([index, value]) => {
      if (!/^\d{1,4}$/.test(index)) throw invalidRequest(`Invalid array: ${path}`, path);
      return item.read(value, `${path}[${index}]`);
    });
  },
});

/** Reads a form by its shape: what is unknown, missing or of the wrong kind is refused in Stripe's words. */
export function readParams<S extends Shape>(shape: S, form: Form, at = ''): Parsed<S> {
  const nameOf = (key: string): string => (at === '' ? key : `${at}[${key}]`);
  const unknown = [...form.keys()].filter((key) => !Object.hasOwn(shape, key));
  if (unknown.length > 0) throw unknownParams(unknown.map(nameOf));
  const read = Object.entries(shape).map(([key, param]) => {
    const raw = form.get(key);
    if (raw === undefined && isNeeded(param)) throw missingParam(nameOf(key));
    return [key, raw === undefined ? undefined : param.read(raw, nameOf(key))];
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets which key has which type; each value was read by the param of its own key
  return Object.fromEntries(read) as Parsed<S>;
}

export const object = <S extends Shape>(shape: S): Param<Parsed<S>> => ({
  made: { kind: 'object', shape },
  read: (raw, path) => readParams(shape, raw === '' ? new Map() : entries(raw, path), path),
});
