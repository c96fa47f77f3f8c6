import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { attach } from './attaching.ts';
import { challengePath } from './challenges.ts';
import { needsAuthentication } from './paying.ts';
import { idOf } from './references.ts';
import { attachDecline, behaviorOf } from './test-cards.ts';

export interface Setup {
  readonly method: Stripe.PaymentMethod;
  /** Whether the customer has just authenticated it (3-D Secure). */
  readonly authenticated: boolean;
  readonly returnUrl?: string | null;
}

function asked(work: Work, intent: Stripe.SetupIntent, { method, returnUrl = null }: Setup): Stripe.SetupIntent {
  const url = `${work.url}${challengePath(work, { kind: 'setup_intent', id: intent.id })}`;
  const waiting: Stripe.SetupIntent = {
    ...intent,
    next_action: { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url } },
    payment_method: method.id,
    status: 'requires_action',
  };
  return work.save('setupIntents', waiting, 'setup_intent.requires_action');
}

/** The bank, or the customer, does not agree that the method is kept. */
export function setupFailed(
  work: Work,
  intent: Stripe.SetupIntent,
  error: Stripe.SetupIntent.LastSetupError,
): Stripe.SetupIntent {
  const failed: Stripe.SetupIntent = {
    ...intent,
    last_setup_error: error,
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  };
  return work.save('setupIntents', failed, 'setup_intent.setup_failed');
}

/** Keeps a method for later. The intent's `status` tells what came of it; no default is changed. */
export function confirmSetup(work: Work, intent: Stripe.SetupIntent, how: Setup): Stripe.SetupIntent {
  const { method, authenticated } = how;
  const decline = attachDecline(behaviorOf(method));
  if (decline !== null) {
    return setupFailed(work, intent, { type: 'card_error', ...decline, payment_method: method });
  }
  if (!authenticated && needsAuthentication(work.state, method)) return asked(work, intent, how);
  if (authenticated) work.state.authenticatedMethods.add(method.id);
  const customer = intent.customer === null ? undefined : work.state.objects.customers.get(idOf(intent.customer));
  if (customer !== undefined) attach(work, method, customer);
  const succeeded: Stripe.SetupIntent = {
    ...intent,
    last_setup_error: null,
    next_action: null,
    payment_method: method.id,
    status: 'succeeded',
  };
  return work.save('setupIntents', succeeded, 'setup_intent.succeeded');
}

/** The customer has answered the bank. @returns where the page leads next; null when the intent does not wait any more */
export function resolveSetup(work: Work, id: string, passed: boolean): string | null {
  const { setupIntents, paymentMethods } = work.state.objects;
  const intent = setupIntents.get(id);
  const method = intent?.payment_method ? paymentMethods.get(idOf(intent.payment_method)) : undefined;
  if (intent?.status !== 'requires_action' || method === undefined) return null;
  if (passed) confirmSetup(work, intent, { method, authenticated: true });
  else {
    const code = 'setup_intent_authentication_failure';
    const message = 'We are unable to authenticate your payment method. Please choose a different one and try again.';
    setupFailed(work, intent, { type: 'card_error', code, message });
  }
  return intent.next_action?.redirect_to_url?.return_url ?? '/';
}
