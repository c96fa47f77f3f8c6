import type Stripe from 'stripe';
import { at } from '../billing/json.ts';

// What is known of Stripe's API without its client, which the most usual event needs not load.

/** The API version that the SDK's types describe, and so the one whose payloads we know. */
export const API_VERSION: typeof Stripe.API_VERSION = '2026-10-28.endive';

/** The answer; undefined when Stripe has no such object (any more). */
export async function orMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Stripe has no such object: what was asked for, or the one that this parameter named. */
export function isMissing(error: unknown, param?: string): boolean {
  if (!isStripeError(error) || at(error, 'code') !== 'resource_missing') return false;
  return param === undefined || at(error, 'param') === param;
}

/** Stripe understood, and will not do it: asking the same again would not help. */
export const isRefused = (error: unknown): boolean => isStripeError(error, 'StripeInvalidRequestError');

/** The SDK's errors say of which kind they are. @param type as the SDK names its class. @default - any */
export function isStripeError(error: unknown, type?: string): boolean {
  const said = error instanceof Error ? at(error, 'type') : undefined;
  return type === undefined ? typeof said === 'string' && said.startsWith('Stripe') : said === type;
}
