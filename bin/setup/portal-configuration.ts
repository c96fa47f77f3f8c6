import type Stripe from 'stripe';
import { orMissing } from '../../clients/stripe-api.ts';
import { brandName } from './brand.ts';
import type { Report } from './change.ts';

/** How our portal configuration is found again among those an account may have. */
const OURS = { managedBy: 'setup' } as const;

/** A product and the prices that a customer may change to. */
export interface PortalProduct {
  readonly product: string;
  readonly prices: string[];
}

/**
 * Customers may change plan, cancel at the period's end and take that back, change the card, and see their invoices.
 * A known configuration is always written anew: Stripe does not show all of it, so it cannot be compared.
 *
 * @returns the configuration's id
 */
export async function ensurePortal(
  stripe: Stripe,
  products: PortalProduct[],
  siteUrl: string,
  report: Report,
): Promise<string> {
  const { configurations } = stripe.billingPortal;
  const what = 'billing portal configuration';
  const wanted = wantedConfiguration(products, siteUrl);
  const known = await find(stripe);
  const { id } = known
    ? await configurations.update(known.id, wanted)
    : await configurations.create({ ...wanted, metadata: OURS });
  report({ what, outcome: known ? 'updated' : 'created' });
  return id;
}

/** What can be seen of a configuration and is not as setup makes it; undefined when Stripe has no such configuration. */
export async function portalDifferences(
  stripe: Stripe,
  id: string,
  products: readonly PortalProduct[],
  siteUrl: string,
): Promise<string[] | undefined> {
  const expand = ['features.subscription_update.products'];
  const configuration = await orMissing(stripe.billingPortal.configurations.retrieve(id, { expand }));
  if (!configuration) return undefined;
  const { active, default_return_url, features } = configuration;
  const { products: offered } = features.subscription_update;
  return [
    ...(active ? [] : ['active']),
    ...(default_return_url === `${siteUrl}/` ? [] : ['return address']),
    ...(features.subscription_cancel.enabled ? [] : ['cancelling']),
    ...(features.payment_method_update.enabled ? [] : ['change of card']),
    ...(offered && pricesIn(offered) === pricesIn(products) ? [] : ['prices to change to']),
  ];
}

const pricesIn = (products: readonly { readonly prices: readonly string[] }[]): string =>
  products
    .flatMap(({ prices }) => prices)
    .toSorted()
    .join(' ');

async function find(stripe: Stripe): Promise<Stripe.BillingPortal.Configuration | undefined> {
  for await (const configuration of stripe.billingPortal.configurations.list({ active: true, limit: 100 }))
    if (configuration.metadata?.['managedBy'] === OURS.managedBy) return configuration;
  return undefined;
}

function wantedConfiguration(products: PortalProduct[], siteUrl: string) {
  return {
    business_profile: { headline: brandName().slice(0, 60) }, // as much as Stripe takes
    default_return_url: `${siteUrl}/`,
    features: {
      customer_update: { enabled: true, allowed_updates: ['email', 'name', 'address', 'tax_id'] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true, mode: 'at_period_end' },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price'],
        proration_behavior: 'create_prorations',
        trial_update_behavior: 'continue_trial', // else a change of plan during the trial is charged at once
        products,
      },
    },
  } satisfies Stripe.BillingPortal.ConfigurationCreateParams;
}
