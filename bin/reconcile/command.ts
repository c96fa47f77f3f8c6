import { reconcile, type ReconcileReport } from '../../clients/reconcile.ts';
import { subscriptionRecords } from '../../clients/records/subscriptions.ts';
import { users } from '../../clients/records/users.ts';
import { API_VERSION } from '../../clients/stripe.ts';
import { subscriptions, type Subscriptions } from '../../clients/subscriptions.ts';
import { subscriptionSync } from '../../clients/sync.ts';
import { command } from '../command-line/command.ts';
import { progressOn } from '../command-line/progress.ts';
import { openStack, stackOptions } from '../command-line/stack.ts';

/** `npm run operator -- reconcile` */
export const reconcileCommand = command({
  name: 'reconcile',
  summary: 'bring every record up to what Stripe has, and say what differed',
  help: `
Applies the events that Stripe could not deliver, then compares every subscription of the account with its record, and
repairs what differs by the rule that the webhook follows. The stack does the same on a schedule.`,
  options: stackOptions,
  async run({ values, terminal }) {
    const { stripe, table } = await openStack(values, terminal.env);
    const atStripe = subscriptions(stripe);
    const records = subscriptionRecords(table);
    const sync = subscriptionSync({ records, users: users(table), stripe: atStripe, apiVersion: API_VERSION });
    const progress = progressOn(terminal, 'Compared');
    const counted = countedBy((done) => progress.at(done), atStripe);
    const report = await reconcile(stripe, counted, sync, Math.floor(Date.now() / 1000));
    progress.end();
    terminal.out(values.json ? JSON.stringify(report) : summaryOf(report));
    return report.failed.length > 0 ? 1 : 0;
  },
});

function countedBy(at: (done: number) => void, all: Subscriptions): Pick<Subscriptions, 'all'> {
  return {
    async *all() {
      let done = 0;
      for await (const subscription of all.all()) {
        yield subscription;
        done += 1;
        at(done);
      }
    },
  };
}

function summaryOf({ seen, repaired, failed }: ReconcileReport): string {
  return `${seen} seen, ${repaired.length} repaired, ${failed.length} failed`;
}
