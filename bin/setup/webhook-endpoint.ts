import type Stripe from 'stripe';
import { HANDLED_EVENTS } from '../../billing/events.ts';
import type { Keys } from '../../clients/secrets.ts';
import { API_VERSION } from '../../clients/stripe.ts';
import type { Report } from './change.ts';

type WebhookKeys = Pick<Keys, 'webhookEndpoint' | 'webhookSecrets'>;

/**
 * The endpoint at `url`, with just the events that are handled, in the version whose payloads we know. Stripe tells an
 * endpoint's secret only when it is made, and never lets its version be changed: an endpoint whose secret is not ours,
 * or of another version, is made anew. The old one goes on until `keys` are kept; see `removeOtherEndpoints`.
 */
export async function ensureEndpoint(
  stripe: Stripe,
  url: string,
  keys: WebhookKeys | undefined,
  report: Report,
): Promise<WebhookKeys> {
  const what = `webhook endpoint ${url}`;
  const ours = (await endpointsAt(stripe, url)).find(({ id }) => id === keys?.webhookEndpoint);
  if (!ours || !keys || ours.api_version !== API_VERSION) {
    const made = await create(stripe, url);
    report({ what, outcome: 'created' });
    return { webhookEndpoint: made.id, webhookSecrets: [made.secret, ...(ours && keys ? keys.webhookSecrets : [])] };
  }
  const same = ours.status === 'enabled' && sameEvents(ours.enabled_events);
  if (!same) await stripe.webhookEndpoints.update(ours.id, { enabled_events: [...HANDLED_EVENTS], disabled: false });
  report({ what, outcome: same ? 'unchanged' : 'updated' });
  return keys;
}

/** After the new secret is kept: endpoints at the same address that nobody could verify any more. */
export async function removeOtherEndpoints(stripe: Stripe, url: string, keep: string, report: Report): Promise<void> {
  const others = (await endpointsAt(stripe, url)).filter(({ id }) => id !== keep);
  for (const { id } of others) {
    await stripe.webhookEndpoints.del(id);
    report({ what: `webhook endpoint ${id}`, outcome: 'removed' });
  }
}

async function endpointsAt(stripe: Stripe, url: string): Promise<Stripe.WebhookEndpoint[]> {
  const found: Stripe.WebhookEndpoint[] = [];
  for await (const endpoint of stripe.webhookEndpoints.list({ limit: 100 }))
    if (endpoint.url === url) found.push(endpoint);
  return found;
}

async function create(stripe: Stripe, url: string): Promise<{ id: string; secret: string }> {
  const { id, secret } = await stripe.webhookEndpoints.create({
    url,
    enabled_events: [...HANDLED_EVENTS],
    api_version: API_VERSION,
    description: 'Subscriptions',
  });
  if (!secret)
    throw new Error(`Stripe made webhook endpoint ${id} without telling its secret. Delete it and run setup again.`);
  return { id, secret };
}

function sameEvents(events: readonly string[]): boolean {
  return events.length === HANDLED_EVENTS.length && HANDLED_EVENTS.every((type) => events.includes(type));
}
