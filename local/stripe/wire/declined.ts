import type Stripe from 'stripe';
import { StripeError } from './errors.ts';

/** Stripe's 402 for a payment that failed: the last error of the intent, which comes with it. */
export function declinedError(intent: Stripe.PaymentIntent): StripeError {
  const {
    code = 'card_declined',
    decline_code,
    message = 'Your card was declined.',
    charge,
  } = intent.last_payment_error ?? {};
  return new StripeError(402, {
    type: 'card_error',
    code,
    message,
    ...(decline_code !== undefined && { decline_code }),
    ...(charge !== undefined && { charge }),
    payment_intent: intent,
  });
}

/** For a payment that waits for its customer, where the caller wanted it made. */
export const actionRequired = (intent: Stripe.PaymentIntent, code: string): StripeError =>
  new StripeError(402, {
    type: 'card_error',
    code,
    message:
      'This payment requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with it.',
    payment_intent: intent,
  });
