import ts from '@typescript/typescript6';

/** The part of JSON Schema that types of an API need. `named` stands for a definition of the same translation. */
export interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
  readonly enum?: readonly (string | number | boolean)[];
  readonly pattern?: string;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly named?: string;
}

/**
 * How values look on the wire:
 * - `json`: an answer or an event
 * - `form`: parameters, where all is text, an array is a hash of indices, and null is empty
 * - `partial`: `previous_attributes`, of which any part may be missing, at any depth
 */
export type Wire = 'json' | 'form' | 'partial';

const DECIMAL: Schema = { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' };
const INDEX = '^\\d{1,4}$';

interface Scalars {
  readonly number: Schema;
  readonly null: Schema;
  readonly literal: (value: string | number | boolean) => string | number | boolean;
}
const IN_JSON: Scalars = { number: { type: 'number' }, null: { type: 'null' }, literal: (value) => value };
const IN_A_FORM: Scalars = { number: DECIMAL, null: { enum: [''] }, literal: String };

const either = (schemas: readonly Schema[]): Schema => {
  const [first, ...others] = schemas;
  return first !== undefined && others.length === 0 ? first : { anyOf: schemas };
};

const NULL: Schema = { type: 'null' };

/** Translates types to schemas that are exact: no other properties, and of enums the words the SDK knows, though its types leave them open. */
export function createTranslator(checker: ts.TypeChecker, wire: Wire, partially?: (type: ts.Type) => Schema) {
  const scalars = wire === 'form' ? IN_A_FORM : IN_JSON;
  const definitions: Record<string, Schema> = {};
  const names = new Map<ts.Type, string>();

  function literalOf(type: ts.Type): string | number | boolean | undefined {
    if (type.isStringLiteral() || type.isNumberLiteral()) return type.value;
    if (type.flags & ts.TypeFlags.BooleanLiteral) return checker.typeToString(type) === 'true';
    return undefined;
  }

  function unionOf(types: readonly ts.Type[]): Schema {
    const literals = types.map(literalOf).filter((literal) => literal !== undefined);
    const words = [...new Set(literals.map(scalars.literal))];
    const others = types.filter((type) => literalOf(type) === undefined && !isNothing(type));
    const isEnum = literals.some((literal) => typeof literal === 'string');
    const rest = isEnum ? others.filter((type) => !isOtherString(type)) : others;
    return either([...(words.length > 0 ? [{ enum: words }] : []), ...rest.map(schemaOf)]);
  }

  function arrayOf(type: ts.Type): Schema {
    const [item] = checker.getTypeArguments(type as ts.TypeReference);
    const items = item === undefined ? {} : schemaOf(item);
    if (wire !== 'form') return { type: 'array', items };
    return { type: 'object', patternProperties: { [INDEX]: items }, additionalProperties: false };
  }

  function propertiesOf(type: ts.Type): { name: string; optional: boolean; schema: Schema }[] {
    return checker.getPropertiesOfType(type).flatMap((symbol) => {
      const value = checker.getTypeOfSymbol(symbol);
      // `deleted?: void` says that it is never there.
      if (isNothing(value) || symbol.name === 'lastResponse') return [];
      const optional = Boolean(symbol.flags & ts.SymbolFlags.Optional);
      return [{ name: symbol.name, optional, schema: valueOf(value) }];
    });
  }

  /** In `previous_attributes` whatever was not there before is null. */
  function valueOf(type: ts.Type): Schema {
    return wire === 'partial' ? either([schemaOf(type), NULL]) : schemaOf(type);
  }

  function objectOf(type: ts.Type): Schema {
    const properties = propertiesOf(type);
    const index = checker.getIndexInfoOfType(type, ts.IndexKind.String);
    const required = wire === 'partial' ? [] : properties.filter(({ optional }) => !optional).map(({ name }) => name);
    return {
      type: 'object',
      properties: Object.fromEntries(properties.map(({ name, schema }) => [name, schema])),
      required,
      additionalProperties: index === undefined ? false : valueOf(index.type),
    };
  }

  /** Interfaces are written down once, by name, for they hold one another. */
  function definitionOf(type: ts.Type): Schema {
    const known = names.get(type);
    if (known !== undefined) return { named: known };
    const name = `${wire} ${checker.typeToString(type)} ${names.size}`;
    names.set(type, name);
    definitions[name] = objectOf(type);
    return { named: name };
  }

  function schemaOf(type: ts.Type): Schema {
    const literal = literalOf(type);
    if (literal !== undefined) return { enum: [scalars.literal(literal)] };
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (type.flags & ts.TypeFlags.String || isOtherString(type)) return { type: 'string' };
    if (type.flags & ts.TypeFlags.Number) return scalars.number;
    if (type.flags & ts.TypeFlags.Null) return scalars.null;
    if (type.aliasSymbol?.name === 'Decimal') return DECIMAL;
    if (type.aliasSymbol?.name === 'Partial' && partially) return partially(type);
    if (type.isUnion()) return unionOf(type.types);
    if (checker.isArrayType(type)) return arrayOf(type);
    if (type.isIntersection()) return schemaOf(withoutResponse(type));
    if (type.flags & ts.TypeFlags.Object) return isNamed(type) ? definitionOf(type) : objectOf(type);
    throw new Error(`no schema for the type ${checker.typeToString(type)}`);
  }

  /** `Response<T>` is T with a `lastResponse`, which the SDK adds and the wire has not. */
  function withoutResponse({ types }: ts.IntersectionType): ts.Type {
    const [type, ...others] = types.filter((one) => checker.getPropertyOfType(one, 'lastResponse') === undefined);
    if (type === undefined || others.length > 0)
      throw new Error(`no schema for ${types.map((one) => checker.typeToString(one)).join(' & ')}`);
    return type;
  }

  return { schemaOf, definitions };
}

const isNothing = (type: ts.Type): boolean =>
  type.isUnion()
    ? type.types.every(isNothing)
    : Boolean(type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void | ts.TypeFlags.Never));

const isNamed = (type: ts.Type): boolean =>
  Boolean((type as ts.ObjectType).objectFlags & (ts.ObjectFlags.ClassOrInterface | ts.ObjectFlags.Reference));

/** The SDK's `OtherString`, which leaves an enum open. */
const isOtherString = (type: ts.Type): boolean =>
  type.isIntersection() && type.types.some((one) => Boolean(one.flags & ts.TypeFlags.String));
