import type Stripe from 'stripe';
import {
  checkoutSessionParams,
  type CheckoutOrder,
  type RememberedCheckout,
  type UiMode,
} from '../billing/checkout.ts';
import { isLive, subscriptionRecord } from '../billing/subscription.ts';
import type { CustomerRecord } from '../billing/user.ts';
import { orCustomerGone } from './customer-gone.ts';
import { fingerprint } from './fingerprint.ts';
import type { CustomerRecords } from './records/customers.ts';

/** Where to pay: at this address, or on our own page, to whose Stripe.js this secret opens the session. */
export type WayToPay = { readonly url: string } | { readonly clientSecret: string };

/**
 * `open`: pay there; `reused` when it was opened by an earlier request. `complete`: it was paid in the meantime; of it
 * came this subscription, which still lives.
 */
export type CheckoutResult =
  | { readonly kind: 'open'; readonly way: WayToPay; readonly reused: boolean }
  | { readonly kind: 'complete'; readonly subscriptionId: string };

export interface Checkout {
  /**
   * The user's one open session: the same plan gets the same one again, another plan expires the old one first.
   *
   * @throws Unrecorded, CheckoutConflict, CustomerGone
   */
  open(order: CheckoutOrder, customer: CustomerRecord): Promise<CheckoutResult>;
}

/** Other requests of the same user kept opening other checkouts. */
export class CheckoutConflict extends Error {
  override readonly name = 'CheckoutConflict';
}

/** The last checkout led to a subscription that has ended, and of which no record tells yet: that it had a trial, for one. */
export class Unrecorded extends Error {
  override readonly name = 'Unrecorded';
  readonly subscriptionId: string;

  constructor(subscriptionId: string) {
    super(`Subscription ${subscriptionId} has begun and ended without being recorded.`);
    this.subscriptionId = subscriptionId;
  }
}

/** Each further attempt means that another request of the same user won in between. */
const ATTEMPTS = 3;

/** @param recorded the ids of the user's subscriptions of which there are records */
export function checkout(stripe: Stripe, records: CustomerRecords, recorded: ReadonlySet<string>): Checkout {
  const sessions = stripe.checkout.sessions;

  /** A session that led to a subscription which has ended since is history: the way is free for a new one. */
  function completed({ status, subscription }: Stripe.Checkout.Session): CheckoutResult | undefined {
    if (status !== 'complete' || subscription === null || typeof subscription === 'string') return undefined;
    if (isLive(subscriptionRecord(subscription))) return { kind: 'complete', subscriptionId: subscription.id };
    if (!recorded.has(subscription.id)) throw new Unrecorded(subscription.id);
    return undefined;
  }

  const look = (sessionId: string): Promise<Stripe.Checkout.Session> =>
    sessions.retrieve(sessionId, { expand: ['subscription'] });

  /** What became of the session that we remember; `undefined` when the way is free for a new one. */
  async function remembered({ sessionId, plan }: RememberedCheckout, order: CheckoutOrder) {
    if (plan !== order.plan.lookupKey) return expire(sessionId);
    const session = await look(sessionId);
    if (session.status !== 'open') return completed(session);
    // One that was opened for another place to pay is closed: nobody shall pay in both.
    return opened(session, order, true) ?? expire(sessionId);
  }

  /** Stripe refuses to expire what is not open any more: then it has been paid, or has run out by itself. */
  async function expire(sessionId: string): Promise<CheckoutResult | undefined> {
    try {
      await sessions.expire(sessionId);
      return undefined;
    } catch (error) {
      const session = await look(sessionId);
      if (session.status === 'open') throw error;
      return completed(session);
    }
  }

  /** Two requests at once ask for the same and so get the same session; `version` lets a later one ask anew. */
  async function create(order: CheckoutOrder, { version }: CustomerRecord): Promise<Stripe.Checkout.Session> {
    const params = checkoutSessionParams(order);
    const idempotencyKey = `checkout/${fingerprint(params, version)}`;
    return orCustomerGone(sessions.create(params, { idempotencyKey }));
  }

  async function attempt(order: CheckoutOrder, customer: CustomerRecord): Promise<CheckoutResult | undefined> {
    const earlier = customer.checkout && (await remembered(customer.checkout, order));
    if (earlier) return earlier;
    const session = await create(order, customer);
    const made: RememberedCheckout = { sessionId: session.id, plan: order.plan.lookupKey };
    if ((await records.rememberCheckout(order.userId, made, customer.version)) === 'saved')
      return opened(session, order, false);
    const winner = await records.read(order.userId);
    return winner?.checkout?.sessionId === session.id ? opened(session, order, true) : expire(session.id);
  }

  return {
    async open(order, customer) {
      let known: CustomerRecord | undefined = customer;
      for (let tries = 0; tries < ATTEMPTS && known; tries += 1) {
        const result = await attempt(order, known);
        if (result) return result;
        known = await records.read(order.userId);
      }
      throw new CheckoutConflict(`The checkout changed ${ATTEMPTS} times while it was opened.`);
    },
  };
}

/** An open session, when it is for the place where the order is to be paid. */
function opened(session: Stripe.Checkout.Session, { uiMode }: CheckoutOrder, reused: boolean) {
  const way = wayOf(session, uiMode);
  return way && ({ kind: 'open', way, reused } as const);
}

function wayOf(session: Stripe.Checkout.Session, uiMode: UiMode): WayToPay | undefined {
  const { url, ui_mode, client_secret } = session;
  if (uiMode === 'hosted_page') return url === null ? undefined : { url };
  return ui_mode === uiMode && client_secret !== null ? { clientSecret: client_secret } : undefined;
}
