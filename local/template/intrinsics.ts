import { isObject, TemplateError, type Json, type JsonObject } from './json.ts';

/** What an intrinsic function may ask about. Each answers undefined for a name that is not there. */
export interface Scope {
  ref(name: string): string | undefined;
  attribute(logicalId: string, name: string): string | undefined;
  mapping(map: string, key: string, name: string): Json | undefined;
  condition(name: string): boolean | undefined;
  /** AWS's addresses turned into local ones; see addresses.ts. */
  localize: (text: string) => string;
}

/** A resolved value; undefined is AWS::NoValue: the property is left out. */
export type Resolved = Json | undefined;
type Intrinsic = (argument: Json, scope: Scope, place: string) => Resolved;

/** The value with every intrinsic function answered. `place` says where in the template it stands. */
export function resolve(value: Json, scope: Scope, place: string): Resolved {
  if (Array.isArray(value)) return resolveList(value, scope, place);
  if (typeof value === 'string') return scope.localize(value);
  if (!isObject(value)) return value;
  const name = intrinsicName(value);
  if (name === undefined) return resolveObject(value, scope, place);
  const intrinsic = intrinsics[name];
  if (intrinsic === undefined) {
    throw new TemplateError(place, `uses ${name}, which is not known here.`, 'Add it to local/template/intrinsics.ts.');
  }
  return intrinsic(value[name] ?? null, scope, `${place}.${name}`);
}

export function resolveObject(value: JsonObject, scope: Scope, place: string): JsonObject {
  const resolved: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const result = resolve(item, scope, `${place}.${key}`);
    if (result !== undefined) resolved[key] = result;
  }
  return resolved;
}

/** The intrinsic's name when the object is one: `{ "Ref": ... }` or `{ "Fn::...": ... }`, with nothing beside it. */
export function intrinsicName(value: JsonObject): string | undefined {
  const [name, ...others] = Object.keys(value);
  if (name === undefined || others.length > 0) return undefined;
  return name === 'Ref' || name.startsWith('Fn::') ? name : undefined;
}

const intrinsics: Partial<Record<string, Intrinsic>> = {
  Ref: (argument, scope, place) => reference(text(argument, place), scope, place),
  'Fn::GetAtt': (argument, scope, place) => {
    const parts = Array.isArray(argument) ? argument : text(argument, place).split('.');
    const [logicalId, ...name] = parts.map((part) => resolvedText(part, scope, place));
    return attribute(logicalId ?? '', name.join('.'), scope, place);
  },
  'Fn::Join': (argument, scope, place) => {
    const [separator, items] = pair(argument, place);
    const texts = list(resolve(items, scope, place), place).map((item) => text(item, place));
    return scope.localize(texts.join(text(separator, place)));
  },
  'Fn::Sub': (argument, scope, place) => scope.localize(substitute(argument, scope, place)),
  'Fn::Select': (argument, scope, place) => {
    const [index, items] = pair(argument, place);
    const chosen = list(resolve(items, scope, place), place)[Number(index)];
    if (chosen === undefined)
      throw new TemplateError(place, `has no item ${JSON.stringify(index)}.`, 'Mend it in lib/.');
    return chosen;
  },
  'Fn::Split': (argument, scope, place) => {
    const [separator, whole] = pair(argument, place);
    return resolvedText(whole, scope, place).split(text(separator, place));
  },
  'Fn::FindInMap': (argument, scope, place) => {
    const [map = '', key = '', name = ''] = list(argument, place).map((item) => resolvedText(item, scope, place));
    return known(scope.mapping(map, key, name), `${map}.${key}.${name} is not in Mappings.`, place);
  },
  'Fn::If': (argument, scope, place) => {
    const [name, yes, no] = list(argument, place);
    const holds = known(scope.condition(text(name, place)), `there is no condition ${text(name, place)}.`, place);
    return resolve((holds ? yes : no) ?? null, scope, place);
  },
};

function resolveList(value: Json[], scope: Scope, place: string): Json[] {
  return value.flatMap((item, index) => {
    const result = resolve(item, scope, `${place}[${index}]`);
    return result === undefined ? [] : [result];
  });
}

function reference(name: string, scope: Scope, place: string): Resolved {
  if (name === 'AWS::NoValue') return undefined;
  return known(scope.ref(name), `refers to ${name}, which is no parameter, resource or pseudo parameter here.`, place);
}

function attribute(logicalId: string, name: string, scope: Scope, place: string): string {
  const problem = `asks for the attribute ${name} of ${logicalId}, which is not answered here.`;
  return known(scope.attribute(logicalId, name), problem, place);
}

/** `${Name}`, `${Resource.Attribute}`, and `${!Literal}` which stays as `${Literal}`. */
function substitute(argument: Json, scope: Scope, place: string): string {
  const [pattern, variables] = Array.isArray(argument) ? pair(argument, place) : [argument, {}];
  const own = isObject(variables) ? resolveObject(variables, scope, place) : {};
  return text(pattern, place).replaceAll(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal !== '') return `\${${name}}`;
    const [logicalId = '', ...rest] = name.trim().split('.');
    if (own[name] !== undefined) return text(own[name], place);
    if (rest.length > 0) return attribute(logicalId, rest.join('.'), scope, place);
    return text(reference(logicalId, scope, place), place);
  });
}

function known<T>(value: T | undefined, problem: string, place: string): T {
  if (value !== undefined) return value;
  throw new TemplateError(place, problem, 'Mend it in lib/, or teach its provider in local/resources/ to answer it.');
}

function resolvedText(value: Json, scope: Scope, place: string): string {
  return text(resolve(value, scope, place), place);
}

function text(value: Resolved, place: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(place, 'wants a string here.', 'Mend it in lib/.');
}

function list(value: Resolved, place: string): Json[] {
  if (Array.isArray(value)) return value;
  throw new TemplateError(place, 'wants a list here.', 'Mend it in lib/.');
}

function pair(value: Json, place: string): [Json, Json] {
  const [first, second] = list(value, place);
  if (first === undefined || second === undefined) {
    throw new TemplateError(place, 'wants a list of two here.', 'Mend it in lib/.');
  }
  return [first, second];
}
