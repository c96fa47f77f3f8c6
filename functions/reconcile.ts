import { reconcile } from '../clients/reconcile.ts';
import { subscriptions } from '../clients/subscriptions.ts';
import { nowSeconds } from './shared/env.ts';
import { describe, log } from './shared/log.ts';
import { connect } from './shared/sync.ts';

/**
 * On a schedule: what the webhook missed, and whether every record equals Stripe. Its report is one line of the log,
 * and one for each record that was repaired and for each customer who pays twice. Fails at its end when anything
 * could not be looked at.
 */
export const handler = async (): Promise<void> => {
  const { stripe, sync } = await connect();
  const { repaired, duplicates, failed, ...counts } = await reconcile(
    stripe,
    subscriptions(stripe),
    sync,
    nowSeconds(),
  );
  for (const subscriptionId of repaired) log.warn('repaired', { subscriptionId });
  for (const customerId of duplicates) log.error('several live subscriptions', { customerId });
  for (const { id, error } of failed) log.error('not reconciled', { id, cause: describe(error) });
  const [differed, twice] = [repaired.length, duplicates.length];
  log.info('reconciled', { ...counts, repaired: differed, duplicates: twice, failed: failed.length });
  if (failed.length > 0) throw new Error(`${failed.length} could not be reconciled; the log names them.`);
};
