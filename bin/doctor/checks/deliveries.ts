import { HANDLED_EVENTS } from '../../../billing/events.ts';
import { reconcileRuns } from '../../../clients/reconcile/runs.ts';
import { dateOf } from '../../../clients/subscriptions.ts';
import { inUtc } from '../../command-line/clock.ts';
import { ok, RECONCILE, warning, type StripeCheck } from '../finding.ts';
import { cliDelivers } from './keys.ts';

const DAY = 24 * 3600;
/** Stripe gives up on an event after that. */
const TRIED = 3 * DAY;
/** Stripe shows events for so long. */
const SHOWN = 30 * DAY;

/** The events that no endpoint has taken yet, since the last whole run of reconcile, which applies such. */
export const deliveriesCheck: StripeCheck = {
  name: 'deliveries',
  async look({ stripe, table, keys }) {
    if (keys.webhookEndpoint === '') return cliDelivers;
    const last = await reconcileRuns(table).last();
    const applied = last?.cursor.phase === 'done' ? last.startedAt : 0;
    const undelivered = { delivery_success: false, types: [...HANDLED_EVENTS], limit: 100 };
    const { data, has_more, lastResponse } = await stripe.events.list({ ...undelivered, created: { gte: applied } });
    const now = dateOf(lastResponse.headers);
    const since = applied > now - SHOWN ? `the last reconcile, at ${inUtc(applied)}` : 'thirty days ago';
    const oldest = data.at(-1);
    if (!oldest) return ok(`nothing waits since ${since}`);
    const given = oldest.created < now - TRIED ? 'Stripe has given up on some of them' : 'Stripe goes on trying';
    const count = data.length === 1 ? '1 event' : `${data.length}${has_more ? ' and more' : ''} events`;
    return warning(
      `not delivered yet: ${count}, the oldest of ${inUtc(oldest.created)}; ${given}`,
      `${RECONCILE} applies them`,
    );
  },
};
