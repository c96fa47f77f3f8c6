import type Stripe from 'stripe';
import { METADATA } from '../../billing/metadata.ts';
import { idOf } from '../../billing/subscription.ts';
import { isMissing, orMissing } from '../stripe-api.ts';

export interface SavedCards {
  /** Makes the card that the customer gave last, through a checkout of ours, the customer's default. */
  adopt(customerId: string): Promise<'adopted' | 'unchanged' | 'none'>;
}

/** How often is looked again because another card was given in between. */
const ATTEMPTS = 10;

/*
 * Two cards, their events in any order, repeated, at once:
 *
 *   event of card A   ── the last is A ─────────────────────────── default A ── look: the last is B ── default B
 *   event of card B   ────────────────── the last is B ── default B ── look ✓
 *
 * Whoever writes looks again, so the last to write has seen the last card. That it was done stands on the customer, in
 * the same write: an event that comes again undoes nothing that the customer has chosen in the portal since.
 */
export function savedCards(stripe: Stripe): SavedCards {
  async function write(customerId: string, { id, payment_method }: Stripe.SetupIntent): Promise<boolean> {
    const card = payment_method ? idOf(payment_method) : '';
    try {
      await stripe.customers.update(customerId, {
        invoice_settings: { default_payment_method: card },
        metadata: { [METADATA.cardSavedBy]: id, [METADATA.cardForCharges]: card },
      });
      return true;
    } catch (error) {
      if (isMissing(error)) return false; // the customer has taken the card away again, or is gone
      throw error;
    }
  }

  return {
    async adopt(customerId) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const last = await lastGiven(stripe, customerId);
        const customer = last && (await orMissing(stripe.customers.retrieve(customerId)));
        if (!last || !customer || customer.deleted) return 'none';
        if (customer.metadata[METADATA.cardSavedBy] === last.id) return attempt === 0 ? 'unchanged' : 'adopted';
        if (!(await write(customerId, last))) return 'none';
      }
      throw new Error(`Customer ${customerId} gave other cards ${ATTEMPTS} times while one was made the default.`);
    },
  };
}

/** Stripe lists the newest first. A subscription's own setup intents carry no user: those are not for charges of ours. */
async function lastGiven(stripe: Stripe, customer: string): Promise<Stripe.SetupIntent | undefined> {
  for await (const intent of stripe.setupIntents.list({ customer, limit: 100 }))
    if (intent.status === 'succeeded' && intent.metadata?.[METADATA.userId] !== undefined) return intent;
  return undefined;
}
