import type Stripe from 'stripe';
import type { OwnCustomer } from './customers.ts';

/** Some fields of an object, under their own names. */
type Fields = Readonly<Record<string, unknown>>;

/** What Stripe holds about a customer. A deleted one has left its subscriptions, invoices and payments. */
export interface HeldAtStripe {
  readonly customerId: string;
  /** Null when it was deleted. */
  readonly customer: Fields | null;
  readonly subscriptions: readonly Fields[];
  readonly invoices: readonly Fields[];
  readonly payments: readonly Fields[];
  readonly paymentMethods: readonly Fields[];
  readonly checkoutSessions: readonly Fields[];
  readonly setupIntents: readonly Fields[];
}

/** What is about the person, in Stripe's own names; what only Stripe's machinery needs is left out. */
export async function heldAtStripe(stripe: Stripe, { id: customer, atStripe }: OwnCustomer): Promise<HeldAtStripe> {
  const payments = { customer, limit: 100, expand: ['data.latest_charge'] };
  const list = { customer, limit: 100 };
  return {
    customerId: customer,
    customer: atStripe && pick(atStripe, CUSTOMER),
    subscriptions: await all(stripe.subscriptions.list({ ...list, status: 'all' }), subscriptionHeld),
    invoices: await all(stripe.invoices.list(list), invoiceHeld),
    payments: await all(stripe.paymentIntents.list(payments), paymentHeld),
    // Those of a deleted customer cannot be used, and not be asked for.
    paymentMethods: atStripe ? await all(stripe.customers.listPaymentMethods(customer), methodHeld) : [],
    checkoutSessions: await all(stripe.checkout.sessions.list(list), (each) => pick(each, SESSION)),
    setupIntents: await all(stripe.setupIntents.list(list), (each) => pick(each, SETUP)),
  };
}

async function all<T>(list: AsyncIterable<T>, held: (each: T) => Fields): Promise<Fields[]> {
  const found: Fields[] = [];
  for await (const each of list) found.push(held(each));
  return found;
}

const pick = <T extends object>(from: T, names: readonly (keyof T & string)[]): Fields =>
  Object.fromEntries(names.map((name) => [name, from[name]]));

const CUSTOMER = [
  'id',
  'created',
  'email',
  'name',
  'phone',
  'address',
  'shipping',
  'description',
  'preferred_locales',
  'balance',
  'currency',
  'metadata',
] as const satisfies readonly (keyof Stripe.Customer)[];

const SUBSCRIPTION = [
  'id',
  'created',
  'status',
  'currency',
  'trial_start',
  'trial_end',
  'cancel_at',
  'canceled_at',
  'ended_at',
  'cancellation_details',
  'default_payment_method',
  'metadata',
] as const satisfies readonly (keyof Stripe.Subscription)[];

function subscriptionHeld(subscription: Stripe.Subscription): Fields {
  const items = subscription.items.data.map(({ price, quantity, current_period_start, current_period_end }) => ({
    price: pick(price, ['id', 'lookup_key', 'unit_amount', 'currency', 'recurring']),
    quantity,
    current_period_start,
    current_period_end,
  }));
  return { ...pick(subscription, SUBSCRIPTION), items };
}

const INVOICE = [
  'id',
  'number',
  'created',
  'status',
  'currency',
  'total',
  'amount_paid',
  'amount_remaining',
  'customer_name',
  'customer_email',
  'customer_address',
  'customer_phone',
  'hosted_invoice_url',
] as const satisfies readonly (keyof Stripe.Invoice)[];

/** Lines as the list shows them: ten, of which a subscription's invoice has one or two. */
function invoiceHeld(invoice: Stripe.Invoice): Fields {
  const lines = invoice.lines.data.map((line) => pick(line, ['description', 'amount', 'currency', 'period']));
  return { ...pick(invoice, INVOICE), lines };
}

const PAYMENT = [
  'id',
  'created',
  'status',
  'amount',
  'amount_received',
  'currency',
  'description',
  'receipt_email',
  'metadata',
] as const satisfies readonly (keyof Stripe.PaymentIntent)[];

function paymentHeld(payment: Stripe.PaymentIntent): Fields {
  const charge = typeof payment.latest_charge === 'string' ? null : payment.latest_charge;
  return { ...pick(payment, PAYMENT), charge: charge && chargeHeld(charge) };
}

function chargeHeld(charge: Stripe.Charge): Fields {
  const paid = pick(charge, ['id', 'billing_details', 'amount_refunded', 'disputed', 'failure_message']);
  const card = charge.payment_method_details?.card;
  return { ...paid, card: card ? pick(card, CARD) : null };
}

/** Nobody but Stripe has more of a card's number than its last four digits. */
const CARD = ['brand', 'last4', 'exp_month', 'exp_year', 'country'] as const;

function methodHeld(method: Stripe.PaymentMethod): Fields {
  const card = method.card ? pick(method.card, CARD) : null;
  return { ...pick(method, ['id', 'created', 'type', 'billing_details']), card };
}

const SESSION = [
  'id',
  'created',
  'mode',
  'status',
  'payment_status',
  'amount_total',
  'currency',
  'client_reference_id',
  'customer_details',
  'url',
  'metadata',
] as const satisfies readonly (keyof Stripe.Checkout.Session)[];

const SETUP = ['id', 'created', 'status', 'metadata'] as const satisfies readonly (keyof Stripe.SetupIntent)[];
