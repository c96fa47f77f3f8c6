import { describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { inWorld, makeCatalogue, subscribed } from '../world.ts';
import type { Definitions } from './check.ts';
import type { Schema } from './sdk/json-schema.ts';
import { stripeTruth } from './validator.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The same schemas, compiled by Ajv: seconds for a few of them, which is why the tests do not all use it. */
function refereeFor(definitions: Definitions) {
  const ajv = new Ajv({ validateSchema: false, logger: false });
  const compiled = new Map<string, ValidateFunction>();
  const named = (name: string, value: unknown): boolean => {
    const validate = compiled.get(name) ?? ajv.compile(definitions[name] ?? false);
    compiled.set(name, validate);
    return validate(value);
  };
  ajv.addKeyword({ keyword: 'named', schemaType: 'string', validate: named });
  const roots = new Map<Schema, ValidateFunction>();
  return (schema: Schema, value: unknown): boolean => {
    const validate = roots.get(schema) ?? ajv.compile(schema);
    roots.set(schema, validate);
    return validate(value);
  };
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const WRONG: readonly unknown[] = [null, 'wrong', -1.5, true, {}, []];

/** The object with one thing wrong, or at least changed, at a time, two levels deep. */
function* mutants(object: Fields, depth = 2): Generator<Fields> {
  yield { ...object, surprise: 1 };
  for (const [name, value] of Object.entries(object)) {
    const { [name]: _, ...rest } = object;
    yield rest;
    for (const wrong of WRONG) yield { ...object, [name]: wrong };
    if (isFields(value) && depth > 1) for (const inner of mutants(value, depth - 1)) yield { ...object, [name]: inner };
  }
}

describe('the checker', () => {
  it('judges as Ajv does: what the simulator says, and hundreds of ways to say it wrongly', async () => {
    const { truth, faultOf } = await stripeTruth();
    const allowed = refereeFor(truth.definitions);
    const verdicts = { right: 0, wrong: 0 };
    const judge = (schema: Schema, value: unknown): void => {
      const right = faultOf(schema, value) === null;
      if (right !== allowed(schema, value)) throw new Error(`judged differently: ${JSON.stringify(value)}`);
      verdicts[right ? 'right' : 'wrong'] += 1;
    };
    await inWorld({}, async (world) => {
      const { proMonthly } = await makeCatalogue(world);
      const { session } = await subscribed(world, { price: proMonthly.id });
      const events = (await world.stripe.events.list({ limit: 100 })).data;
      for (const event of events) judge(truth.events[event.type] ?? {}, wired(event));
      const answer = truth.operations['GET /v1/checkout/sessions/:id']?.answer ?? {};
      for (const mutant of mutants(wired(session))) judge(answer, mutant);
      const created = events.find(({ type }) => type === 'customer.subscription.created');
      for (const mutant of mutants(wired(created ?? {}), 3))
        judge(truth.events['customer.subscription.created'] ?? {}, mutant);
    });
    expect(verdicts.right).toBeGreaterThan(100);
    expect(verdicts.wrong).toBeGreaterThan(500);
  }, 60_000);
});

/** An object of the SDK as it came over the wire: without the SDK's decimals and its `lastResponse`. */
function wired(object: object): Fields {
  const { lastResponse: _, ...plain } = JSON.parse(JSON.stringify(object));
  return plain;
}
