import { paymentPageRoutes } from '../cli/payment-pages.ts';
import { cliRoutes } from '../cli/sessions.ts';
import { newestFirst } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import type { Lookup } from '../wire/expand.ts';
import { wholeList } from '../wire/lists.ts';
import type { Route } from '../wire/router.ts';
import { chargeRoutes } from './charges.ts';
import { lineItemsOf } from './checkout-lines.ts';
import { checkoutSessionRoutes } from './checkout-sessions.ts';
import { couponRoutes } from './coupons.ts';
import { customerRoutes } from './customers.ts';
import { disputeRoutes } from './disputes.ts';
import { eventRoutes } from './events.ts';
import { invoiceActionRoutes } from './invoice-actions.ts';
import { intentOfPayment, paymentsOf } from './invoice-payment.ts';
import { invoicePaymentRoutes } from './invoice-payments.ts';
import { invoiceCreateRoutes } from './invoice-create.ts';
import { invoiceItemRoutes } from './invoice-items.ts';
import { invoiceRoutes } from './invoices.ts';
import { paymentIntentActionRoutes } from './payment-intent-actions.ts';
import { paymentIntentRoutes } from './payment-intents.ts';
import { paymentMethodActionRoutes } from './payment-method-actions.ts';
import { paymentMethodRoutes } from './payment-methods.ts';
import { portalConfigurationRoutes } from './portal-configurations.ts';
import { portalSessionRoutes } from './portal-sessions.ts';
import { priceRoutes } from './prices.ts';
import { productRoutes } from './products.ts';
import { promotionCodeRoutes } from './promotion-codes.ts';
import { refundRoutes } from './refunds.ts';
import { setupIntentRoutes } from './setup-intents.ts';
import { subscriptionActionRoutes } from './subscription-actions.ts';
import { subscriptionCreateRoutes } from './subscription-create.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { testClockRoutes } from './test-clocks.ts';
import { webhookEndpointRoutes } from './webhook-endpoints.ts';

export const routes: readonly Route[] = [
  ...customerRoutes,
  ...productRoutes,
  ...priceRoutes,
  ...checkoutSessionRoutes,
  ...subscriptionRoutes,
  ...subscriptionCreateRoutes,
  ...subscriptionActionRoutes,
  ...invoiceRoutes,
  ...invoiceItemRoutes,
  ...invoiceCreateRoutes,
  ...invoiceActionRoutes,
  ...invoicePaymentRoutes,
  ...paymentIntentRoutes,
  ...paymentIntentActionRoutes,
  ...setupIntentRoutes,
  ...chargeRoutes,
  ...refundRoutes,
  ...couponRoutes,
  ...promotionCodeRoutes,
  ...disputeRoutes,
  ...paymentMethodRoutes,
  ...paymentMethodActionRoutes,
  ...portalConfigurationRoutes,
  ...portalSessionRoutes,
  ...webhookEndpointRoutes,
  ...eventRoutes,
  ...testClockRoutes,
  ...cliRoutes,
  ...paymentPageRoutes,
];

/** Where the object is whose id a field holds. */
const EXPANDABLE = {
  charge: 'charges',
  coupon: 'coupons',
  configuration: 'portalConfigurations',
  customer: 'customers',
  default_payment_method: 'paymentMethods',
  discount: 'discounts',
  discounts: 'discounts',
  default_price: 'prices',
  invoice: 'invoices',
  latest_charge: 'charges',
  latest_invoice: 'invoices',
  payment_intent: 'paymentIntents',
  payment_method: 'paymentMethods',
  price: 'prices',
  product: 'products',
  promotion_code: 'promotionCodes',
  setup_intent: 'setupIntents',
  subscription: 'subscriptions',
  test_clock: 'testClocks',
} as const;

const isExpandable = (field: string): field is keyof typeof EXPANDABLE => Object.hasOwn(EXPANDABLE, field);

/** What an invoice shows only when asked: who pays it, and the secret that a page pays it with. */
function includedInInvoice(work: Work, id: string, field: string): unknown {
  const payments = paymentsOf(work.state, id);
  if (field === 'payments') return wholeList(`/v1/invoice_payments?invoice=${id}`, payments);
  if (field !== 'confirmation_secret') return undefined;
  const secret = intentOfPayment(work.state, payments[0])?.client_secret;
  return secret ? { client_secret: secret, type: 'payment_intent' } : null;
}

function included(work: Work, owner: Readonly<Record<string, unknown>>, field: string): unknown {
  const { object, id } = owner;
  if (object === 'checkout.session' && field === 'line_items' && typeof id === 'string') {
    const session = work.state.objects.checkoutSessions.get(id);
    return session && wholeList(`/v1/checkout/sessions/${id}/line_items`, lineItemsOf(work, session));
  }
  if (object === 'customer' && field === 'subscriptions') {
    const all = [...work.state.objects.subscriptions.values()];
    const own = all.filter((one) => one.customer === id && one.status !== 'canceled').toReversed();
    return wholeList(`/v1/customers/${String(id)}/subscriptions`, own);
  }
  if (object === 'charge' && field === 'refunds') {
    const own = newestFirst(work.state.objects.refunds).filter((refund) => refund.charge === id);
    return wholeList(`/v1/charges/${String(id)}/refunds`, own);
  }
  if (object === 'invoice' && typeof id === 'string') return includedInInvoice(work, id, field);
  if (object === 'billing_portal.configuration' && field === 'products' && typeof id === 'string') {
    return work.state.portalProducts.get(id) ?? null;
  }
  return undefined;
}

/** What is left of what was deleted. */
const goneOf = ({ state }: Work, id: string): object | string =>
  state.deletedCustomers.has(id) ? { id, object: 'customer', deleted: true } : id;

/** How `expand[]` finds things. */
export const lookup = (work: Work): Lookup => ({
  byId: (field, id) =>
    isExpandable(field) ? (work.state.objects[EXPANDABLE[field]].get(id) ?? goneOf(work, id)) : undefined,
  included: (owner, field) => included(work, owner, field),
});
