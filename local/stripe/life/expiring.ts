import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';

export const expireSession = (work: Work, session: Stripe.Checkout.Session): Stripe.Checkout.Session =>
  work.save('checkoutSessions', { ...session, status: 'expired', url: null }, 'checkout.session.expired');
