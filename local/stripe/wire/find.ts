import type { Kind, Objects } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { noSuch } from './errors.ts';

/** What Stripe calls each kind when it says "No such ...". */
const NAMES: Readonly<Record<Kind, string>> = {
  customers: 'customer',
  products: 'product',
  prices: 'price',
  paymentMethods: 'PaymentMethod',
  checkoutSessions: 'checkout.session',
  subscriptions: 'subscription',
  invoices: 'invoice',
  invoiceItems: 'invoiceitem',
  invoicePayments: 'invoice_payment',
  paymentIntents: 'payment_intent',
  charges: 'charge',
  refunds: 'refund',
  setupIntents: 'setup_intent',
  coupons: 'coupon',
  promotionCodes: 'promotion code',
  discounts: 'discount',
  disputes: 'dispute',
  portalConfigurations: 'configuration',
  portalSessions: 'portal session',
  webhookEndpoints: 'webhook endpoint',
  testClocks: 'test clock',
};

/** The object of an id, or Stripe's `resource_missing`. @param param the parameter that held the id; `id` for the path */
export function find<K extends Kind>(work: Work, kind: K, id: string, param = 'id'): Objects[K] {
  const objects: ReadonlyMap<string, Objects[K]> = work.state.objects[kind];
  const found = objects.get(id);
  if (found === undefined) throw noSuch(NAMES[kind], id, param);
  return found;
}
