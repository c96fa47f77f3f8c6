import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { attach } from '../life/attaching.ts';
import { isLive } from '../life/references.ts';
import { TEST_CARDS } from '../life/test-cards.ts';
import { namedMethod } from '../resources/named-methods.ts';
import { StripeError } from '../wire/errors.ts';
import { checkFields, needed, oneOf } from './body.ts';
import { type SimCall, SimError, type SimRoute } from './route.ts';

/** Those of Stripe's test names that stand for payment methods. */
const NAMES = TEST_CARDS.flatMap(({ names }) => names).filter((name) => name.startsWith('pm_'));

/** From now on this is what is charged, by whatever way: the customer's default, and that of each live subscription with one of its own. */
function makeDefault(work: Work, customer: Stripe.Customer, method: string): void {
  const settings = { ...customer.invoice_settings, default_payment_method: method };
  work.save('customers', { ...customer, invoice_settings: settings }, 'customer.updated');
  for (const subscription of work.state.objects.subscriptions.values()) {
    if (subscription.customer !== customer.id || !isLive(subscription)) continue;
    if (subscription.default_payment_method === null) continue;
    work.save('subscriptions', { ...subscription, default_payment_method: method }, 'customer.subscription.updated');
  }
}

function attached(work: Work, name: string, customer: Stripe.Customer): Stripe.PaymentMethod {
  try {
    return attach(work, namedMethod(work, name, 'card'), customer);
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    throw new SimError(
      409,
      `The bank refuses to have ${name} kept: ${error.message}`,
      'pm_card_chargeCustomerFail is kept, and fails when charged.',
    );
  }
}

/** `POST {"card": "pm_card_..."}` gives a customer one of Stripe's test cards, as if the customer had changed it: all by Stripe's own events. */
export function cardRoutes(begin: (customer: string) => Work): SimRoute[] {
  function change({ id, body }: SimCall): object {
    checkFields(body, ['card']);
    const name = needed(oneOf(body, 'card', NAMES), 'card', '{"card": "pm_card_chargeCustomerFail"}');
    const work = begin(id);
    const customer = work.state.objects.customers.get(id);
    if (customer === undefined) {
      throw new SimError(404, 'There is no such customer.', 'GET /v1/customers lists them, and so does the dashboard.');
    }
    const method = attached(work, name, customer);
    makeDefault(work, customer, method.id);
    return { customer: id, card: name, paymentMethod: method.id };
  }

  return [{ method: 'POST', path: '/_sim/customers/:id/card', answer: change }];
}
