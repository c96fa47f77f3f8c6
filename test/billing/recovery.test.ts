import { expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { recoveryOf } from '../../billing/recovery.ts';

const HOUR = 3600;
const paidAfter = (seconds: number) => ({ finalized_at: 1000, paid_at: 1000 + seconds });

it.each([
  ['paid at once: it did not fail', { status_transitions: paidAfter(5) }, undefined],
  ['paid by a later attempt', { attempt_count: 3, status_transitions: paidAfter(72 * HOUR) }, 'recovered'],
  ['paid by the customer, which counts no attempt', { status_transitions: paidAfter(2 * HOUR) }, 'recovered'],
  ['attempted and open', { status: 'open' }, 'due'],
  ['open, and not attempted yet', { status: 'open', attempted: false, attempt_count: 0 }, undefined],
  ['given up', { status: 'uncollectible' }, 'lost'],
  ['voided after an attempt', { status: 'void' }, 'lost'],
  ['a first payment, which is no renewal', { status: 'open', billing_reason: 'subscription_create' }, undefined],
] as const)('an invoice that is %s', (_, wanted, expected) => {
  const plain = { status: 'paid', attempted: true, attempt_count: 1, billing_reason: 'subscription_cycle' };
  const untouched = { finalized_at: 1000, paid_at: null };
  const invoice = { ...plain, status_transitions: untouched, ...wanted };
  expect(recoveryOf(invoice as unknown as Stripe.Invoice)).toBe(expected); // only what is read is built
});
