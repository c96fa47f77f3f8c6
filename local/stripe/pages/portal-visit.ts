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
  /** Where an action leads when it is done: the portal's home, or on from there for a session made for one flow. */
  readonly done: string;
  /** Where one leads who would rather not. */
  readonly back: { readonly href: string; readonly label: string };
  /** What a flow that ends on a page of the portal has the customer told there. */
  readonly message: string | null;
  /** Newest first. */
  readonly subscriptions: readonly Stripe.Subscription[];
}

/** A session's address works for an hour. Seconds. */
const LIFETIME = 60 * 60;

/** The name the way back is called by: the business's headline, or simply the shop. */
export const wayBack = ({ business_profile: profile }: Stripe.BillingPortal.Configuration): string =>
  `Return to ${profile.headline ?? 'the shop'}`;

type Ways = Pick<Visit, 'home' | 'done' | 'back' | 'message'>;

function waysOf(
  { flow, return_url: returnUrl }: Stripe.BillingPortal.Session,
  configuration: Stripe.BillingPortal.Configuration,
  home: string,
): Ways {
  const inside = { href: home, label: 'Go back' };
  if (flow === null) return { home, done: home, back: inside, message: null };
  const { type, redirect, hosted_confirmation: confirmation } = flow.after_completion;
  const done = redirect?.return_url ?? (type === 'hosted_confirmation' ? `${home}/done` : home);
  const back = returnUrl === null ? inside : { href: returnUrl, label: wayBack(configuration) };
  return { home, done, back, message: confirmation?.custom_message ?? null };
}

export function visitOf(work: Work, token: string): Visit | 'unknown' | 'expired' {
  const { objects, portalTokens } = work.state;
  const session = objects.portalSessions.get(portalTokens.get(token) ?? '');
  if (session === undefined) return 'unknown';
  const customer = objects.customers.get(session.customer);
  const configuration = objects.portalConfigurations.get(idOf(session.configuration));
  if (customer === undefined || configuration === undefined) return 'unknown';
  if (work.accountNow >= session.created + LIFETIME) return 'expired';
  const own = [...objects.subscriptions.values()].filter((subscription) => subscription.customer === customer.id);
  return {
    customer,
    configuration,
    returnUrl: session.return_url,
    ...waysOf(session, configuration, `/p/session/${token}`),
    subscriptions: own.toReversed(),
  };
}
