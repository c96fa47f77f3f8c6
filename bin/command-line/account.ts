import { savedCards } from '../../clients/cards/adopt.ts';
import { subscriptionCards } from '../../clients/cards/follow.ts';
import { ownPaying } from '../../clients/charges/own-paying.ts';
import { disputes } from '../../clients/disputes.ts';
import { subscriptionRecords } from '../../clients/records/subscriptions.ts';
import { users } from '../../clients/records/users.ts';
import { API_VERSION } from '../../clients/stripe-api.ts';
import { subscriptions } from '../../clients/subscriptions.ts';
import { subscriptionSync } from '../../clients/sync.ts';
import { nowSeconds } from './clock.ts';
import type { OpenStack } from './stack.ts';

/** The stack's records and its Stripe account, brought together by the rule that its functions follow. */
export function accountOf({ stripe, table, outputs }: OpenStack) {
  const parts = { table, records: subscriptionRecords(table), users: users(table), apiVersion: API_VERSION };
  const atStripe = subscriptions(stripe);
  const paid = {
    cards: savedCards(stripe),
    defaults: subscriptionCards(stripe),
    charges: ownPaying(stripe, table, nowSeconds),
  };
  const policy = outputs.disputes === 'cancel' ? { disputes: disputes(stripe) } : {};
  const sync = subscriptionSync({ ...parts, ...paid, ...policy, stripe: atStripe });
  return { ...parts, stripe, subscriptions: atStripe, sync };
}
