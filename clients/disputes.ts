import type Stripe from 'stripe';
import { idOf } from '../billing/subscription.ts';
import { orMissing } from './stripe-api.ts';

/** What a disputed payment was for, and how that is ended. */
export interface Disputes {
  /** The subscription whose invoice this payment intent paid; undefined when it paid for something else. */
  subscriptionPaidBy(paymentIntentId: string): Promise<string | undefined>;
  /** Ends it now, without a refund: the bank has the money back already. One that has ended is left as it is. */
  end(subscriptionId: string): Promise<void>;
}

export function disputes(stripe: Stripe): Disputes {
  return {
    async subscriptionPaidBy(paymentIntentId) {
      const payment = { type: 'payment_intent', payment_intent: paymentIntentId } as const;
      const { data } = await stripe.invoicePayments.list({ payment, expand: ['data.invoice'], limit: 1 });
      const invoice = data[0]?.invoice;
      if (invoice === undefined || typeof invoice === 'string' || !('parent' in invoice)) return undefined;
      const subscription = invoice.parent?.subscription_details?.subscription;
      return subscription ? idOf(subscription) : undefined;
    },

    // Stripe answers as if a canceled one had never been: somebody else was faster.
    async end(subscriptionId) {
      const cancellation_details = { comment: 'The customer’s bank disputed the payment.' };
      await orMissing(stripe.subscriptions.cancel(subscriptionId, { cancellation_details }));
    },
  };
}
