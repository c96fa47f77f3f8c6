import type { Outcome } from '../clients/sync.ts';
import { InvalidSignature, signedEvent, type Posted } from '../clients/webhook.ts';
import { aboutEvent, isSale } from './shared/about-event.ts';
import { disputePolicy } from './shared/disputes.ts';
import { eventSync } from './shared/event-sync.ts';
import { json, route } from './shared/http.ts';
import { log } from './shared/log.ts';
import { count } from './shared/metrics.ts';
import { bodyOf } from './shared/request.ts';
import { keys, keysAnew } from './shared/secret.ts';

const sync = eventSync(disputePolicy());

/** Of these an operator wants to hear. */
const NOTABLE = new Set<Outcome>(['dispute_kept', 'dispute_ended', 'unreadable']);

/** Stripe's events are a few kilobytes; the largest known are far below this. */
const LIMIT = 1024 * 1024;

/** `POST /webhook`: an event of Stripe's. A fault answers 5xx, so that Stripe keeps the event and sends it again. */
export const handler = route(async (event, note) => {
  const body = bodyOf(event, LIMIT);
  const { webhookSecrets } = await keys.get();
  const posted = { body, signature: event.headers['stripe-signature'] ?? '' };
  const stripeEvent = await refusalsCounted(posted, signedEvent(posted, webhookSecrets, secretsOfNow));
  const about = { ...aboutEvent(stripeEvent), requestId: event.requestContext.requestId };
  note(about);
  const outcome = await sync.event(stripeEvent);
  (NOTABLE.has(outcome) ? log.warn : log.info)('event', { ...about, outcome });
  count({ WebhookEvents: 1 }, { Outcome: outcome });
  if (isSale(stripeEvent)) count({ Checkouts: 1 }, { Step: 'completed' });
  return json({ received: true, outcome });
});

const secretsOfNow = async () => (await keysAnew()).webhookSecrets;

/** What scans the internet sends no signature at all; that is nothing to hear of. */
async function refusalsCounted<T>({ signature }: Posted, event: Promise<T>): Promise<T> {
  try {
    return await event;
  } catch (error) {
    if (signature !== '' && error instanceof InvalidSignature) count({ WebhookEvents: 1 }, { Outcome: 'refused' });
    throw error;
  }
}
