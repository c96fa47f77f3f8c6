import type Stripe from 'stripe';
import { intentParams, type ChargeRun, type Payer, verdictOf, type Verdict } from '../../billing/charge.ts';
import { orCustomerGone } from '../customer-gone.ts';
import { fingerprint } from '../fingerprint.ts';
import type { Pace } from '../pace.ts';
import { isMissing, isRefused, isStripeError, orMissing } from '../stripe-api.ts';

/** What is asked of Stripe to charge a saved card. */
export interface Payments {
  /** The customer's default, if that is a card; undefined without one, or without such a customer (any more). */
  cardOf(customerId: string): Promise<string | undefined>;
  /** A payment intent that nobody has tried to pay, and nobody but `attempt` can. @throws CustomerGone */
  prepare(run: ChargeRun, payer: Payer): Promise<string>;
  /** Pays it with this card, the customer being elsewhere. `untried` when the card is not there any more. */
  attempt(paymentIntentId: string, card: string): Promise<Verdict>;
  look(paymentIntentId: string): Promise<Verdict>;
  /** So that it cannot be paid any more: `canceled`, unless it was paid already or its bank still decides. */
  close(paymentIntentId: string): Promise<Verdict>;
}

/** Banks may take longer than Stripe itself, and nobody waits on a page. Milliseconds. */
const BANKS_TAKE = 30_000;

/** @param pace how fast Stripe may be asked @default - as it comes, for one customer's sake */
export function payments(stripe: Stripe, pace: Pace = (call) => call()): Payments {
  const { customers, paymentIntents } = stripe;
  const look = async (id: string): Promise<Verdict> => verdictOf(await pace(() => paymentIntents.retrieve(id)));

  return {
    look,

    async cardOf(customerId) {
      const expand = ['invoice_settings.default_payment_method'];
      const customer = await orMissing(pace(() => customers.retrieve(customerId, { expand })));
      if (!customer || customer.deleted) return undefined;
      const method = customer.invoice_settings.default_payment_method;
      return typeof method === 'object' && method?.type === 'card' ? method.id : undefined;
    },

    async prepare(run, payer) {
      const params = intentParams(run, payer);
      const idempotencyKey = `charge/${fingerprint(params)}`;
      const { id } = await orCustomerGone(pace(() => paymentIntents.create(params, { idempotencyKey })));
      return id;
    },

    async attempt(id, card) {
      try {
        const params = { payment_method: card, off_session: true };
        const options = { idempotencyKey: `charge/${id}/${card}`, timeout: BANKS_TAKE };
        return verdictOf(await pace(() => paymentIntents.confirm(id, params, options)));
      } catch (error) {
        if (!wasRefused(error)) throw error;
        const verdict = await look(id);
        if (verdict.status === 'untried' && !isMissing(error, 'payment_method')) throw error;
        return verdict;
      }
    },

    async close(id) {
      try {
        return verdictOf(await pace(() => paymentIntents.cancel(id)));
      } catch (error) {
        const verdict = wasRefused(error) ? await look(id) : undefined;
        if (verdict && ['succeeded', 'canceled', 'processing'].includes(verdict.status)) return verdict;
        throw error;
      }
    },
  };
}

/** Stripe answered, and said no: because the card was declined, or because of the state that the payment is in. */
const wasRefused = (error: unknown): boolean => isStripeError(error, 'StripeCardError') || isRefused(error);
