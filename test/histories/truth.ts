import type Stripe from 'stripe';
import { isDeepStrictEqual } from 'node:util';
import { decideAccess } from '../../billing/access.ts';
import { subscriptionRecord, type SubscriptionRecord } from '../../billing/subscription.ts';
import { users } from '../../clients/records/users.ts';
import { bodyOf, httpEvent } from '../support/http-event.ts';
import { subscriptionsOf, type Customer } from './customer.ts';
import { GRACE_DAYS, type World } from './world.ts';

/** In what the records and the answers of the functions are not what Stripe's state says they should be. */
export async function differences(world: World, customers: readonly Customer[]): Promise<string[]> {
  const { data } = await world.stripe.customers.list({ limit: 100 });
  const all = await Promise.all(
    customers.map(async (customer) => {
      const { id } = customer;
      const made = data.filter(({ metadata }) => metadata['userId'] === id).length;
      const truth = (await subscriptionsOf(world, customer)).map(subscriptionRecord);
      return [
        ...(made > 1 ? [`${id} has ${made} Stripe customers`] : []),
        ...(await inRecords(world, id, truth)),
        ...(await inAnswers(world, id, truth)),
        ...inTrials(id, truth),
      ];
    }),
  );
  return [...all.flat(), ...(await chargedTwice(world))];
}

/** Subscriptions of which a period was begun and paid more than once. */
async function chargedTwice({ stripe }: World): Promise<string[]> {
  const { data } = await stripe.invoices.list({ status: 'paid', limit: 100 });
  const begun = data.filter(
    ({ billing_reason: reason }) => reason === 'subscription_cycle' || reason === 'subscription_create',
  );
  const periods = begun.flatMap(({ lines }) => lines.data.flatMap(paidPeriod));
  const twice = periods.filter((period, index) => periods.indexOf(period) !== index);
  return twice.map((period) => `${period} was charged twice`);
}

function paidPeriod({ amount, parent, period }: Stripe.InvoiceLineItem): string[] {
  const details = parent?.subscription_item_details;
  if (!details || details.proration || amount <= 0) return [];
  return [`the period of ${details.subscription} from ${period.start} on`];
}

async function inRecords(world: World, user: string, truth: readonly SubscriptionRecord[]): Promise<string[]> {
  const { subscriptions } = await users(world.table).read(user, 'now');
  const records = new Map(subscriptions.map(({ record }) => [record.id, record]));
  const different = truth.filter((one) => !isDeepStrictEqual(one, records.get(one.id)));
  const missing = records.size > truth.length ? [`${user} has records of subscriptions that are not at Stripe`] : [];
  return [...missing, ...different.map((one) => `the record of ${one.id}: ${fieldsApart(one, records.get(one.id))}`)];
}

function fieldsApart(truth: SubscriptionRecord, record: SubscriptionRecord | undefined): string {
  if (!record) return 'is missing';
  const known = new Map<string, unknown>(Object.entries(record));
  const apart = Object.entries(truth).filter(([name, value]) => !isDeepStrictEqual(value, known.get(name)));
  return apart.map(([name, value]) => `${name} is ${String(known.get(name))}, at Stripe ${String(value)}`).join('; ');
}

/** Access by the answers of the routes, and by the rule applied to what Stripe has. */
async function inAnswers(world: World, user: string, truth: readonly SubscriptionRecord[]): Promise<string[]> {
  const now = Math.floor(world.time.now() / 1000);
  const { allowed, reason, until } = decideAccess(truth, now, { graceDays: GRACE_DAYS });
  const { access } = bodyOf(await world.functions.subscription(httpEvent('GET', { user })));
  const members = await world.functions.members(httpEvent('GET', { user }));
  const wanted = { allowed, reason, until };
  return [
    ...(isDeepStrictEqual(access, wanted) ? [] : [`access of ${user}: ${JSON.stringify({ access, wanted })}`]),
    ...(members.statusCode === (allowed ? 200 : 403) ? [] : [`members answered ${members.statusCode} to ${user}`]),
  ];
}

function inTrials(user: string, truth: readonly SubscriptionRecord[]): string[] {
  const trials = truth.filter(({ trialStart }) => trialStart !== null).length;
  return trials > 1 ? [`${user} had ${trials} trials`] : [];
}
