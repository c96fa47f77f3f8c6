import { createChecker } from './check.ts';
import { loadTruth } from './sdk/cached.ts';
import type { Truth } from './sdk/derive.ts';
import type { Schema } from './sdk/json-schema.ts';

const MOST = 4;

function createValidator(truth: Truth) {
  const check = createChecker(truth.definitions);
  /** What is wrong with a value, or null. */
  const faultOf = (schema: Schema, value: unknown): string | null => {
    const faults = check(schema, value);
    return faults.length === 0 ? null : faults.slice(0, MOST).join('; ');
  };
  return { truth, faultOf };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

export type Validator = ReturnType<typeof createValidator>;

/** Stripe's API as the pinned SDK types it. One for a test file, for it is large. */
export const stripeTruth = once(async () => createValidator(await loadTruth()));
