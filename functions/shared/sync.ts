import { savedCards } from '../../clients/cards/adopt.ts';
import { subscriptionCards } from '../../clients/cards/follow.ts';
import { disputes } from '../../clients/disputes.ts';
import { subscriptionRecords } from '../../clients/records/subscriptions.ts';
import { users } from '../../clients/records/users.ts';
import { API_VERSION } from '../../clients/stripe.ts';
import { subscriptions } from '../../clients/subscriptions.ts';
import { subscriptionSync } from '../../clients/sync.ts';
import { payingWith } from './charges.ts';
import type { DisputePolicy } from './disputes.ts';
import { stripeAndKeys } from './keys.ts';
import { count } from './metrics.ts';
import { table } from './table.ts';

export const user = users(table);
export const records = subscriptionRecords(table);

/**
 * Stripe and the records, brought together by the ordering rule, with the keys of now.
 *
 * @param policy for those who hear of disputes
 */
export async function connect(policy: DisputePolicy = 'keep') {
  const { stripe, keys } = await stripeAndKeys();
  const paid = { cards: savedCards(stripe), defaults: subscriptionCards(stripe), charges: payingWith(stripe) };
  const parts = { records, users: user, stripe: subscriptions(stripe), ...paid, apiVersion: API_VERSION };
  const ends = policy === 'cancel' ? disputes(stripe) : undefined;
  return { stripe, keys, sync: subscriptionSync({ ...parts, disputes: ends, conflicted }) };
}

const conflicted = (): void => count({ Conflicts: 1 }, { At: 'record' });
