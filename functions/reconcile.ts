import { reconcile } from '../clients/reconcile.ts';
import { subscriptions } from '../clients/subscriptions.ts';
import { nowSeconds } from './shared/env.ts';
import { log } from './shared/log.ts';
import { connect } from './shared/sync.ts';

/** On a schedule: what the webhook missed, and whether every record equals Stripe. Its report is one line of the log. */
export const handler = async (): Promise<void> => {
  const { stripe, sync } = await connect();
  const { repaired, ...counts } = await reconcile(stripe, subscriptions(stripe), sync, nowSeconds());
  log.info('reconciled', { ...counts, repaired: repaired.length });
  for (const subscriptionId of repaired) log.warn('repaired', { subscriptionId });
};
