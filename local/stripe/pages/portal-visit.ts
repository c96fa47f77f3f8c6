import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { idOf } from '../life/references.ts';

/** Who is at the portal, and what the configuration lets them do. */
export interface Visit {
  readonly customer: Stripe.Customer;
  readonly configuration: Stripe.BillingPortal.Configuration;
  readonly returnUrl: string | null;
  /** The portal's own address for this session, without a trailing slash. */
  readonly home: string;
  /** Newest first. */
  readonly subscriptions: readonly Stripe.Subscription[];
}

/** A session's address works for an hour. Seconds. */
const LIFETIME = 60 * 60;

export function visitOf(work: Work, token: string): Visit | 'unknown' | 'expired' {
  const { objects, portalTokens } = work.state;
  const session = objects.portalSessions.get(portalTokens.get(token) ?? '');
  if (session === undefined) return 'unknown';
  const customer = objects.customers.get(session.customer);
  const configuration = objects.portalConfigurations.get(idOf(session.configuration));
  if (customer === undefined || configuration === undefined) return 'unknown';
  if (work.now >= session.created + LIFETIME) return 'expired';
  const own = [...objects.subscriptions.values()].filter((subscription) => subscription.customer === customer.id);
  return {
    customer,
    configuration,
    returnUrl: session.return_url,
    home: `/p/session/${token}`,
    subscriptions: own.toReversed(),
  };
}
