import { undeliveredEvents } from '../../clients/reconcile/undelivered.ts';
import type { Pace } from '../../clients/pace.ts';
import { writeKeys } from '../../clients/secrets.ts';
import { API_VERSION, orMissing } from '../../clients/stripe-api.ts';
import type { Sync } from '../../clients/sync.ts';
import { differencesIn, listen, makeEndpoint } from '../setup/webhook-endpoints.ts';
import { standingOf, type Place, type Standing } from './standing.ts';

/** Both secrets are accepted for so long, in seconds: by then each function knows the new one. */
export const OVERLAP = 24 * 3600;

/** Stripe tries an event for three days; with a day to spare, in seconds. */
const STILL_TRIED = 4 * 24 * 3600;

export interface WebhookRotation extends Place {
  readonly sync: Pick<Sync, 'event'>;
  /** Every list of events waits for its turn here. */
  readonly pace: Pace;
  /** Goes no further than ending what is under way. */
  readonly finish: boolean;
  /** Does not wait for the day to pass. */
  readonly atOnce: boolean;
}

/** `none`: asked to finish, and nothing is under way. */
export type Rotated =
  | { readonly state: 'none' }
  | {
      readonly state: 'begun' | 'waiting' | 'finished';
      readonly endpoint: string;
      /** Null when only its secret was left. */
      readonly replaced: string | null;
      /** Seconds since 1970, as is `endsAt`. */
      readonly since: number;
      readonly endsAt: number;
      /** Events that only the old endpoint still had to deliver, and that were applied in its place. */
      readonly applied: number;
    };

/**
 * Begins a rotation, goes on with it, or ends it: whatever is next. Stripe cannot roll an endpoint's secret by its API, so a
 * second endpoint at the same address takes over, and the first is deleted a day later. Interrupted anywhere, it is simply
 * run again. No event is lost on the way: until the new one listens the old one delivers, then both do.
 */
export async function rotateWebhook(rotation: WebhookRotation): Promise<Rotated> {
  const before = await standingOf(rotation);
  if (!before.underWay && rotation.finish) return { state: 'none' };
  for (const { id } of before.strays) await orMissing(rotation.stripe.webhookEndpoints.del(id));
  const begun = before.underWay ? before : await takeOver(rotation, before);
  const at = await listening(rotation, begun);
  if (rotation.atOnce || at.now >= at.since + OVERLAP) return end(rotation, at);
  return { ...told(at), state: before.underWay ? 'waiting' : 'begun', applied: 0 };
}

/** The new endpoint is quiet until its secret is kept: an interruption in between leaves a stray, which the next run removes. */
async function takeOver(rotation: WebhookRotation, { keys, ours }: Standing): Promise<Standing> {
  const { stripe, secrets, secretId, url } = rotation;
  const { id, secret } = await makeEndpoint(stripe, url, ours.id);
  const webhookSecrets = [secret, ...keys.webhookSecrets.slice(0, 1)];
  await writeKeys(secrets, secretId, { ...keys, webhookEndpoint: id, webhookSecrets });
  return standingOf(rotation);
}

async function listening(rotation: WebhookRotation, at: Standing): Promise<Standing> {
  if (differencesIn(at.ours, rotation.url).length === 0) return at;
  await listen(rotation.stripe, at.ours.id, rotation.url);
  return standingOf(rotation);
}

/** What the old endpoint alone has still to deliver would go with it, so that is applied first. Its secret goes last. */
async function end(rotation: WebhookRotation, at: Standing): Promise<Rotated> {
  const { stripe, secrets, secretId } = rotation;
  const { keys, replaced } = at;
  const applied = replaced ? await applyUndelivered(rotation, at) : 0;
  if (replaced) await orMissing(stripe.webhookEndpoints.del(replaced.id));
  await writeKeys(secrets, secretId, { ...keys, webhookSecrets: keys.webhookSecrets.slice(0, 1) });
  return { ...told(at), state: 'finished', applied };
}

async function applyUndelivered({ stripe, sync, pace }: WebhookRotation, { since, now }: Standing): Promise<number> {
  let applied = 0;
  for await (const event of undeliveredEvents(stripe, pace, API_VERSION, now).events(since - STILL_TRIED)) {
    await sync.event(event);
    applied += 1;
  }
  return applied;
}

const told = ({ ours, replaced, since }: Standing) => ({
  endpoint: ours.id,
  replaced: replaced?.id ?? null,
  since,
  endsAt: since + OVERLAP,
});
