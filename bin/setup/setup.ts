import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type Stripe from 'stripe';
import { plansOf, type PlansFile } from '../../billing/plans.ts';
import { Misshapen, NotConfigured, readKeys, writeKeys, type Keys } from '../../clients/secrets.ts';
import type { Report } from './change.ts';
import type { StripeKeys } from './credentials.ts';
import { ensurePortal } from './portal-configuration.ts';
import { ensurePrice } from './prices.ts';
import { ensureProduct } from './products.ts';
import { ensureEndpoint, openEndpoint } from './webhook-endpoint.ts';

export interface SetupOptions {
  readonly stripe: Stripe;
  readonly stripeKeys: StripeKeys;
  readonly plans: PlansFile;
  /** The page's origin, without a slash at its end. */
  readonly siteUrl: string;
  /** Where Stripe delivers to; or, when something else delivers (the Stripe CLI's `listen`), the secret it signs with. */
  readonly webhook: { readonly url: string } | { readonly secret: string };
  readonly secrets: SecretsManagerClient;
  readonly secretId: string;
  readonly report: Report;
}

/**
 * Makes the Stripe account equal to the plans file and puts the keys into the secret. As often as you like: what is
 * there already is left as it is. Interrupted, it is simply run again.
 */
export async function setup(options: SetupOptions): Promise<void> {
  const { stripe, report } = options;
  const known = await knownKeys(options);
  const products = await ensureCatalogue(options);
  const portalConfiguration = await ensurePortal(stripe, products, options.siteUrl, report);
  const webhook = await ensureWebhook(options, known);
  await keepKeys(options, known, { ...options.stripeKeys, ...webhook, portalConfiguration });
  const made = webhook.webhookEndpoint !== known?.webhookEndpoint;
  if ('url' in options.webhook) await openEndpoint(stripe, options.webhook.url, webhook, made, report);
}

async function ensureCatalogue({ stripe, plans, report }: SetupOptions) {
  for (const product of plans.products) await ensureProduct(stripe, product, report);
  const prices = new Map<string, string[]>(plans.products.map(({ id }) => [id, []]));
  for (const plan of plansOf(plans)) prices.get(plan.product.id)?.push(await ensurePrice(stripe, plan, report));
  return [...prices].map(([product, ids]) => ({ product, prices: ids }));
}

async function ensureWebhook({ stripe, webhook }: SetupOptions, known: Keys | undefined) {
  if ('url' in webhook) return ensureEndpoint(stripe, webhook.url, known);
  return { webhookEndpoint: '', webhookSecrets: [webhook.secret] };
}

async function knownKeys({ secrets, secretId }: SetupOptions): Promise<Keys | undefined> {
  try {
    return await readKeys(secrets, secretId);
  } catch (error) {
    if (error instanceof NotConfigured || error instanceof Misshapen) return undefined;
    throw error;
  }
}

async function keepKeys(
  { secrets, secretId, report }: SetupOptions,
  known: Keys | undefined,
  keys: Keys,
): Promise<void> {
  const same = known !== undefined && JSON.stringify(sorted(known)) === JSON.stringify(sorted(keys));
  if (!same) await writeKeys(secrets, secretId, keys);
  report({ what: 'keys in the secret', outcome: same ? 'unchanged' : known ? 'updated' : 'created' });
}

function sorted(keys: Keys) {
  return Object.entries(keys).toSorted(([a], [b]) => a.localeCompare(b));
}
