import type Stripe from 'stripe';
import { card, handClock, startWorld } from './world.ts';

const SUCCESS = 'http://localhost:4242/thanks?session_id={CHECKOUT_SESSION_ID}';

export type OneTimeWishes = Partial<Stripe.Checkout.SessionCreateParams>;

/** A world in which something is sold once. */
export async function oneTimeShop() {
  const clock = handClock();
  const world = await startWorld({ clock });
  const product = await world.stripe.products.create({ name: 'Handbook' });
  const price = (await world.stripe.prices.create({ product: product.id, unit_amount: 1500, currency: 'usd' })).id;

  /** Somebody about to pay 30 dollars for two handbooks. */
  async function open(wishes: OneTimeWishes = {}) {
    const session = await world.stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: [{ price, quantity: 2 }],
      success_url: SUCCESS,
      ...wishes,
    });
    const now = (expand: string[] = []) => world.stripe.checkout.sessions.retrieve(session.id, { expand });
    return { session, now, url: session.url ?? '', thanks: SUCCESS.replace('{CHECKOUT_SESSION_ID}', session.id) };
  }

  return {
    world,
    clock,
    price,
    open,
    /** The newest events, the oldest of them first. */
    types: async (limit: number): Promise<string[]> =>
      (await world.stripe.events.list({ limit })).data.map(({ type }) => type).toReversed(),
    intents: async () => (await world.stripe.paymentIntents.list()).data,
  };
}

export type OneTimeShop = Awaited<ReturnType<typeof oneTimeShop>>;

/** What somebody types who is no customer yet. */
export const guest = (number?: string) => ({ ...card(number), email: 'grace@example.com' });
