import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { trialEndOf } from '../life/checkout.ts';
import { productName } from '../life/invoice-lines.ts';
import { formatMoney } from '../life/money.ts';
import { type OrderedLine, orderedLines } from '../life/ordered-lines.ts';
import { knownEmail } from './checkout-view.ts';

type Session = Stripe.Checkout.Session;

/**
 * A session as Stripe.js shows it to the page (`actions.getSession()`): the fields that a page of a subscription needs, by the
 * names and shapes of `StripeCheckoutSession` in @stripe/stripe-js 10.
 */
export function elementsSession(work: Work, session: Session) {
  const { id, amount_total: total, amount_subtotal: subtotal, currency: known, livemode, total_details } = session;
  const currency = known ?? 'usd';
  const amount = (minor: number | null | undefined) => ({
    minorUnitsAmount: minor ?? 0,
    amount: formatMoney(minor ?? 0, currency),
  });
  const lines = orderedLines(work, id);
  return {
    id,
    livemode,
    currency,
    email: knownEmail(session),
    canConfirm: session.status === 'open',
    status: { type: session.status, ...(session.status === 'complete' && { paymentStatus: session.payment_status }) },
    lineItems: lines.map((line) => lineItem(work, line, amount)),
    total: { total: amount(total), subtotal: amount(subtotal), discount: amount(total_details?.amount_discount) },
    recurring: recurringOf(work, session, lines, amount),
  };
}

type Amount = (minor: number | null | undefined) => { minorUnitsAmount: number; amount: string };

const lineItem = (work: Work, { id, price, quantity }: OrderedLine, amount: Amount) => ({
  id,
  priceId: price.id,
  name: productName(work, price),
  quantity,
  unitAmount: amount(price.unit_amount),
  recurring: price.recurring && {
    interval: price.recurring.interval,
    intervalCount: price.recurring.interval_count,
    usageType: 'licensed',
  },
});

function recurringOf(work: Work, session: Session, lines: readonly OrderedLine[], amount: Amount) {
  const recurring = lines[0]?.price.recurring;
  if (!recurring) return null;
  const order = work.state.orders.get(session.id);
  const trialEnd = trialEndOf(order, work.now);
  const due = lines.reduce((sum, { price, quantity }) => sum + (price.unit_amount ?? 0) * quantity, 0);
  return {
    interval: recurring.interval,
    intervalCount: recurring.interval_count,
    dueNext: { total: amount(due), billingCycleAnchor: trialEnd },
    trial: trialEnd === null ? null : { trialEnd, trialPeriodDays: Math.round((trialEnd - work.now) / 86_400) },
  };
}
