import { createTranslator, type Schema } from './json-schema.ts';
import { eventsIn, operationsIn } from './operations.ts';
import { exportedType, openSdk } from './program.ts';

export interface OperationSchemas {
  readonly name: string;
  /** Of the form. */
  readonly params: Schema;
  readonly answer: Schema;
}

export interface Truth {
  /** By method and path: `POST /v1/subscriptions/:id`. */
  readonly operations: Readonly<Record<string, OperationSchemas>>;
  /** By the event's type. */
  readonly events: Readonly<Record<string, Schema>>;
  /** What is under `error` when a call is refused. */
  readonly error: Schema;
  /** What `named` stands for. */
  readonly definitions: Readonly<Record<string, Schema>>;
}

const NO_PARAMS: Schema = { type: 'object', properties: {}, additionalProperties: false };

/** Derives the schemas of all that goes over the wire, for every call and every event that the SDK knows. Takes seconds. */
export function deriveTruth(): Truth {
  const sdk = openSdk();
  const { checker } = sdk;
  const form = createTranslator(checker, 'form');
  const partial = createTranslator(checker, 'partial');
  const json = createTranslator(checker, 'json', (type) => partial.schemaOf(type));
  const operations = operationsIn(sdk).map(({ name, method, path, params, answer }) => {
    const shape = params === null ? NO_PARAMS : form.schemaOf(params);
    return [`${method} ${path}`, { name, params: shape, answer: json.schemaOf(answer) }] as const;
  });
  const events = eventsIn(sdk).map(({ name, type }) => [name, json.schemaOf(type)] as const);
  return {
    operations: Object.fromEntries(operations),
    events: Object.fromEntries(events),
    error: json.schemaOf(exportedType(sdk, 'Types.d.ts', 'StripeRawError')),
    definitions: { ...form.definitions, ...partial.definitions, ...json.definitions },
  };
}
