import { createHash } from 'node:crypto';

/** What idempotency keys are made of: they are limited to 255 characters, and user ids and emails should not stand in them. */
export function fingerprint(...parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
