import type { Outcome } from '../clients/sync.ts';
import { signedEvent } from '../clients/webhook.ts';
import { disputePolicy } from './shared/disputes.ts';
import { json, route } from './shared/http.ts';
import { keysAnew } from './shared/keys.ts';
import { log } from './shared/log.ts';
import { count } from './shared/metrics.ts';
import { bodyOf } from './shared/request.ts';
import { connect } from './shared/sync.ts';

const policy = disputePolicy();

/** Of these an operator wants to hear. */
const NOTABLE = new Set<Outcome>(['dispute_kept', 'dispute_ended', 'unreadable']);

/** Stripe's events are a few kilobytes; the largest known are far below this. */
const LIMIT = 1024 * 1024;

/** `POST /webhook`: an event of Stripe's. A fault answers 5xx, so that Stripe keeps the event and sends it again. */
export const handler = route(async (event) => {
  const body = bodyOf(event, LIMIT);
  const { stripe, keys, sync } = await connect(policy);
  const posted = { body, signature: event.headers['stripe-signature'] ?? '' };
  const secretsOfNow = async () => (await keysAnew()).webhookSecrets;
  const stripeEvent = await signedEvent(stripe, posted, keys.webhookSecrets, secretsOfNow);
  const outcome = await sync.event(stripeEvent);
  const { id: eventId, type, created } = stripeEvent;
  (NOTABLE.has(outcome) ? log.warn : log.info)('event', { eventId, type, created, outcome });
  count({ WebhookEvents: 1 }, { Outcome: outcome });
  return json({ received: true, outcome });
});
