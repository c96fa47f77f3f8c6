import type Stripe from 'stripe';
import { API_VERSION, orMissing } from '../../clients/stripe-api.ts';
import type { Keys } from '../../clients/secrets.ts';
import type { Report } from './change.ts';
import { differencesIn, listen, lookAtEndpoints, makeEndpoint } from './webhook-endpoints.ts';

type WebhookKeys = Pick<Keys, 'webhookEndpoint' | 'webhookSecrets'>;

/**
 * The endpoint whose events we can verify. One whose secret is not ours is made anew; so is one of another API version,
 * which then goes on beside the new one, as in any rotation. It is quiet until `openEndpoint`, when `keys` are kept.
 */
export async function ensureEndpoint(stripe: Stripe, url: string, keys: WebhookKeys | undefined): Promise<WebhookKeys> {
  const { ours } = await lookAtEndpoints(stripe, url, keys);
  if (ours && keys && ours.api_version === API_VERSION) return keys;
  const { id, secret } = await makeEndpoint(stripe, url, ours?.id);
  const old = ours && keys ? keys.webhookSecrets.slice(0, 1) : [];
  return { webhookEndpoint: id, webhookSecrets: [secret, ...old] };
}

/** Has it listen, now that its secret is kept, and removes others at its address but for the one that it takes over from. */
export async function openEndpoint(
  stripe: Stripe,
  url: string,
  { webhookEndpoint }: WebhookKeys,
  made: boolean,
  report: Report,
): Promise<void> {
  const { ours, replaced, strays } = await lookAtEndpoints(stripe, url, { webhookEndpoint });
  const same = ours !== undefined && differencesIn(ours, url).length === 0;
  if (!same) await listen(stripe, webhookEndpoint, url);
  report({ what: `webhook endpoint ${url}`, outcome: made ? 'created' : same ? 'unchanged' : 'updated' });
  if (replaced) report({ what: `webhook endpoint ${replaced.id}, ${STAYS}`, outcome: 'unchanged' });
  for (const { id } of strays) {
    await orMissing(stripe.webhookEndpoints.del(id));
    report({ what: `webhook endpoint ${id}`, outcome: 'removed' });
  }
}

const STAYS = 'which the other takes over from. After a day: npm run operator -- rotate webhook --finish';
