import { savedCards } from '../../clients/cards/adopt.ts';
import { subscriptionCards } from '../../clients/cards/follow.ts';
import { disputes } from '../../clients/disputes.ts';
import { API_VERSION } from '../../clients/stripe-api.ts';
import { subscriptions } from '../../clients/subscriptions.ts';
import { subscriptionSync } from '../../clients/sync.ts';
import { payingWith } from './charges.ts';
import type { DisputePolicy } from './disputes.ts';
import { stripeAndKeys } from './keys.ts';
import { conflicted, records, user } from './records.ts';

/**
 * Stripe and the records, brought together by the ordering rule, with the keys of now. `asked` is what asks Stripe.
 *
 * @param policy for those who hear of disputes
 */
export async function connect(policy: DisputePolicy = 'keep') {
  const { stripe, keys } = await stripeAndKeys();
  const paid = { cards: savedCards(stripe), defaults: subscriptionCards(stripe), charges: payingWith(stripe) };
  const asked = { stripe: subscriptions(stripe), ...paid, disputes: disputes(stripe) };
  const parts = { records, users: user, ...asked, apiVersion: API_VERSION, conflicted };
  const sync = subscriptionSync(policy === 'cancel' ? parts : { ...parts, disputes: undefined });
  return { stripe, keys, asked, sync };
}
