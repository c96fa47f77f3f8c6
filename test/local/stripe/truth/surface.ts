import type { Param, Shape } from '../../../../local/stripe/wire/params.ts';
import type { Route } from '../../../../local/stripe/wire/router.ts';
import type { Definitions } from './check.ts';
import type { Schema } from './sdk/json-schema.ts';
import type { Validator } from './validator.ts';

/** One parameter that a route of the simulator knows, as Stripe writes it: `items[0][price]`. */
export interface Known {
  readonly steps: readonly string[];
  /** A value to try it with, when it takes only certain words. */
  readonly words: readonly string[];
  /** Known to Stripe, and refused by name here. */
  readonly refused: boolean;
  /** A hash of other parameters, not one itself. */
  readonly hash: boolean;
}

function knownIn({ made }: Param<unknown>, steps: readonly string[]): Known[] {
  switch (made?.kind) {
    case 'object':
      return [{ steps, words: [], refused: false, hash: true }, ...knownOf(made.shape, steps)];
    case 'list':
      return knownIn(made.item, [...steps, '0']);
    case 'either':
      return made.of.flatMap((one) => knownIn(one, steps));
    case 'words':
      return [{ steps, words: made.words, refused: false, hash: false }];
    default:
      return [{ steps, words: [], refused: made?.kind === 'refused', hash: false }];
  }
}

/** All that a route says it knows. */
export const knownOf = (shape: Shape, above: readonly string[] = []): Known[] =>
  Object.entries(shape).flatMap(([name, param]) => knownIn(param, [...above, name]));

export const nameOf = ([head = '', ...rest]: readonly string[]): string =>
  head + rest.map((step) => (step === '0' ? '[]' : `[${step}]`)).join('');

/** What a schema says of a field, through unions and names: several answers when members of a union differ. */
function below(schema: Schema, step: string, definitions: Definitions): Schema[] {
  if (schema.named !== undefined) return below(definitions[schema.named] ?? {}, step, definitions);
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((member) => below(member, step, definitions));
  const own = schema.properties?.[step];
  if (own !== undefined) return [own];
  const patterns = Object.entries(schema.patternProperties ?? {});
  return patterns.filter(([pattern]) => new RegExp(pattern).test(step)).map(([, one]) => one);
}

const schemasAt = (schema: Schema, steps: readonly string[], definitions: Definitions): Schema[] =>
  steps.reduce<Schema[]>((found, step) => found.flatMap((one) => below(one, step, definitions)), [schema]);

/** What a route knows and the SDK does not: parameters, and words. */
export function strangers({ method, path, shape }: Route, { truth, faultOf }: Validator): string[] {
  const operation = truth.operations[`${method} ${path}`];
  if (operation === undefined) return [`${method} ${path} is no call of the SDK`];
  return knownOf(shape).flatMap(({ steps, words }) => {
    const schemas = schemasAt(operation.params, steps, truth.definitions);
    if (schemas.length === 0) return [`${method} ${path} ${nameOf(steps)}`];
    const wrong = words.filter((word) => schemas.every((schema) => faultOf(schema, word) !== null));
    return wrong.map((word) => `${method} ${path} ${nameOf(steps)}=${word}`);
  });
}
