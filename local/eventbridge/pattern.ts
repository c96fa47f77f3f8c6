import { isObject, TemplateError, type Json, type JsonObject } from '../template/json.ts';

export type Matches = (event: Json) => boolean;

/** Of one field's value; undefined when the event has no such field. */
type Matcher = (value: Json | undefined) => boolean;

/**
 * EventBridge's event patterns, which are also the filters of Lambda's event source mappings: a field that a pattern
 * names must have one of the values listed there; of a list of values, one must.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @throws TemplateError naming what of it is not known here
 */
export function compilePattern(pattern: JsonObject, place: string): Matches {
  const fields = Object.entries(pattern).map(([name, wanted]) => {
    const at = `${place}.${name}`;
    if (name === '$or') return anyOf(wanted, at);
    const matches = isObject(wanted) ? nested(compilePattern(wanted, at)) : leaf(wanted, at);
    return (event: JsonObject) => matches(event[name]);
  });
  return (event) => isObject(event) && fields.every((matches) => matches(event));
}

/** A field that is not there can still be what a pattern asks for: `exists: false` below it. */
function nested(matches: Matches): Matcher {
  return (value) => matches(value ?? {});
}

function anyOf(patterns: Json, place: string): (event: JsonObject) => boolean {
  const compiled = listOf(patterns, place).map((one, index) => {
    if (!isObject(one)) throw unknown(`${place}[${index}]`, one);
    return compilePattern(one, `${place}[${index}]`);
  });
  return (event) => compiled.some((matches) => matches(event));
}

function leaf(wanted: Json, place: string): Matcher {
  const matchers = listOf(wanted, place).map((one, index) => matcher(one, `${place}[${index}]`));
  return (value) => {
    const values = Array.isArray(value) ? value : [value];
    return values.some((each) => matchers.some((matches) => matches(each)));
  };
}

function matcher(wanted: Json, place: string): Matcher {
  if (!isObject(wanted)) return (value) => value === wanted;
  const [[operator, operand] = ['', null], ...others] = Object.entries(wanted);
  const make = operators[operator];
  if (make === undefined || others.length > 0) throw unknown(place, wanted);
  return make(operand, `${place}.${operator}`);
}

const onText =
  (test: (value: string, operand: string) => boolean) =>
  (operand: Json, place: string): Matcher => {
    if (typeof operand !== 'string') throw unknown(place, operand);
    return (value) => typeof value === 'string' && test(value, operand);
  };

const operators: Partial<Record<string, (operand: Json, place: string) => Matcher>> = {
  prefix: onText((value, operand) => value.startsWith(operand)),
  suffix: onText((value, operand) => value.endsWith(operand)),
  'equals-ignore-case': onText((value, operand) => value.toLowerCase() === operand.toLowerCase()),
  exists: (operand, place) => {
    if (typeof operand !== 'boolean') throw unknown(place, operand);
    return (value) => (value !== undefined) === operand;
  },
  'anything-but': (operand, place) => {
    const refused = (Array.isArray(operand) ? operand : [operand]).map((one) => matcher(one, place));
    return (value) => value !== undefined && !refused.some((matches) => matches(value));
  },
  numeric: (operand, place) => {
    const comparisons = pairs(listOf(operand, place), place);
    return (value) => typeof value === 'number' && comparisons.every((holds) => holds(value));
  },
};

const comparing: Partial<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** `[">", 0, "<=", 5]` */
function pairs(list: Json[], place: string): ((value: number) => boolean)[] {
  if (list.length === 0) return [];
  const [sign, bound, ...rest] = list;
  const compare = typeof sign === 'string' ? comparing[sign] : undefined;
  if (compare === undefined || typeof bound !== 'number') throw unknown(place, list);
  return [(value) => compare(value, bound), ...pairs(rest, place)];
}

function listOf(value: Json, place: string): Json[] {
  if (Array.isArray(value) && value.length > 0) return value;
  throw unknown(place, value);
}

function unknown(place: string, found: Json): TemplateError {
  const todo = 'Mend the pattern in lib/, or teach local/eventbridge/pattern.ts.';
  return new TemplateError(place, `is ${JSON.stringify(found)}, which is not known here.`, todo);
}
