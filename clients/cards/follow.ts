import type Stripe from 'stripe';
import { METADATA } from '../../billing/metadata.ts';
import { isMissing, orMissing } from '../stripe-api.ts';

export interface SubscriptionCards {
  /**
   * Has the customer's subscriptions charged to the customer's default card, where that was given later than theirs. One
   * that waits for a card since its trial ended goes on.
   */
  follow(customerId: string): Promise<'followed' | 'unchanged'>;
}

/**
 * Checkout writes the card onto the subscription, and Stripe charges that before the customer's default: a card that is
 * made the default later (by the portal's `payment_method_update` flow, say) would never be charged. The card that was
 * given last counts, whatever the order of events: one that comes again undoes nothing that was chosen since.
 */
export function subscriptionCards(stripe: Stripe): SubscriptionCards {
  async function change(subscription: Stripe.Subscription, card: Stripe.PaymentMethod): Promise<void> {
    try {
      // First, so that a card written already means that this was done: resuming charges the customer's default.
      if (waitsForCard(subscription)) await stripe.subscriptions.resume(subscription.id, RESUME);
      await stripe.subscriptions.update(subscription.id, { default_payment_method: card.id });
    } catch (error) {
      // Ended, or the card was taken away again: either is told by an event of its own.
      if (!isMissing(error)) throw error;
    }
  }

  return {
    async follow(customerId) {
      const card = await defaultCard(stripe, customerId);
      if (!card) return 'unchanged';
      const expand = ['data.default_payment_method'];
      const { data } = await stripe.subscriptions.list({ customer: customerId, limit: 100, expand });
      const behind = data.filter((subscription) => isOurs(subscription) && isOlder(subscription, card));
      for (const subscription of behind) await change(subscription, card);
      return behind.length > 0 ? 'followed' : 'unchanged';
    },
  };
}

/** Not one that was kept for charges: whoever gives that does not ask for the subscription to be charged to it. */
async function defaultCard(stripe: Stripe, customerId: string): Promise<Stripe.PaymentMethod | null> {
  const expand = ['invoice_settings.default_payment_method'];
  const customer = await orMissing(stripe.customers.retrieve(customerId, { expand }));
  if (!customer || customer.deleted) return null;
  const card = customer.invoice_settings.default_payment_method;
  if (card === null || typeof card === 'string') return null;
  return card.id === customer.metadata[METADATA.cardForCharges] ? null : card;
}

const isOurs = ({ metadata }: Stripe.Subscription): boolean => metadata[METADATA.userId] !== undefined;

const RESUME = { billing_cycle_anchor: { type: 'now' } } as const;

/** Its trial ended without a card. One that was paused on purpose is not resumed by a card. */
const waitsForCard = ({ status, default_payment_method: own, trial_end: trialEnd }: Stripe.Subscription): boolean =>
  status === 'paused' && own === null && trialEnd !== null;

/** Without a card of its own, too: what is written onto the subscription is what our record shows. */
function isOlder({ default_payment_method: own }: Stripe.Subscription, card: Stripe.PaymentMethod): boolean {
  if (own === null) return true;
  return typeof own !== 'string' && own.id !== card.id && own.created < card.created;
}
