import type Stripe from 'stripe';
import { HANDLED_EVENTS } from '../../billing/events.ts';
import { METADATA } from '../../billing/metadata.ts';
import type { Keys } from '../../clients/secrets.ts';
import { API_VERSION } from '../../clients/stripe-api.ts';
import { dateOf } from '../../clients/subscriptions.ts';

/** The webhook endpoints of a stack, and what each is. */
export interface Endpoints {
  /** The one whose secret is kept, and first; undefined when Stripe has none (any more). */
  readonly ours: Stripe.WebhookEndpoint | undefined;
  /** The one that ours takes over from, as long as it is there: a rotation is under way. */
  readonly replaced: Stripe.WebhookEndpoint | undefined;
  /** All others at our address. Nobody can verify what they send. */
  readonly strays: readonly Stripe.WebhookEndpoint[];
}

export async function lookAtEndpoints(
  stripe: Stripe,
  url: string,
  keys: Pick<Keys, 'webhookEndpoint'> | undefined,
): Promise<Endpoints> {
  const all: Stripe.WebhookEndpoint[] = [];
  for await (const endpoint of stripe.webhookEndpoints.list({ limit: 100 })) all.push(endpoint);
  const ours = all.find(({ id }) => id === keys?.webhookEndpoint);
  const replaced = all.find(({ id }) => id === ours?.metadata[METADATA.replaces]);
  const strays = all.filter((endpoint) => endpoint.url === url && endpoint !== ours && endpoint !== replaced);
  return { ours, replaced, strays };
}

/** What of an endpoint is not as it should be and can be changed; its version never can. */
export function differencesIn(endpoint: Stripe.WebhookEndpoint, wantedUrl: string): string[] {
  const others = idleEvents(endpoint);
  return [
    ...harmIn(endpoint, wantedUrl),
    ...(others.length === 0 ? [] : [`it asks for ${others.join(', ')}, which nobody handles`]),
  ];
}

/** Those differences for which events are missed. */
export function harmIn({ status, url, enabled_events }: Stripe.WebhookEndpoint, wantedUrl: string): string[] {
  const missing = HANDLED_EVENTS.filter((type) => !enabled_events.includes(type));
  return [
    ...(status === 'enabled' ? [] : [`it is ${status}`]),
    ...(url === wantedUrl ? [] : [`it delivers to ${url}`]),
    ...(missing.length === 0 ? [] : [`it does not ask for ${missing.join(', ')}`]),
  ];
}

const idleEvents = ({ enabled_events }: Stripe.WebhookEndpoint): string[] =>
  enabled_events.filter((type) => !HANDLED_EVENTS.some((handled) => handled === type));

/** An event that does not come by itself, and that concerns nobody. */
const HARDLY_EVER = 'reporting.report_run.failed';

/**
 * An endpoint in the version whose payloads we know. Stripe tells its secret now and never again; until that is kept
 * nobody can verify what it sends, so it asks for nothing yet: `listen` lets it begin.
 *
 * @param replaces the endpoint that it is to take over from
 */
export async function makeEndpoint(
  stripe: Stripe,
  url: string,
  replaces?: string,
): Promise<{ id: string; secret: string }> {
  const { id, secret } = await stripe.webhookEndpoints.create({
    url,
    enabled_events: [HARDLY_EVER],
    api_version: API_VERSION,
    description: 'Subscriptions',
    ...(replaces !== undefined && { metadata: { [METADATA.replaces]: replaces } }),
  });
  if (!secret)
    throw new Error(`Stripe made webhook endpoint ${id} without telling its secret. Delete it and run this again.`);
  return { id, secret };
}

/** Has an endpoint deliver to `url` just what is handled, and remembers there since when it does. */
export async function listen(stripe: Stripe, id: string, url: string): Promise<void> {
  const { metadata, lastResponse } = await stripe.webhookEndpoints.retrieve(id);
  const listens = METADATA.listeningSince in metadata;
  const since = { [METADATA.listeningSince]: String(dateOf(lastResponse.headers)) };
  await stripe.webhookEndpoints.update(id, {
    url,
    enabled_events: [...HANDLED_EVENTS],
    disabled: false,
    ...(!listens && { metadata: since }),
  });
}
