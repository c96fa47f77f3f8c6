import type { Fields } from '../../billing/differences.ts';
import type { SubscriptionRecord } from '../../billing/subscription.ts';
import type { AtStripe, Explanation, ToldSubscription } from '../../clients/explain/explain.ts';
import type { ToldEvent } from '../../clients/explain/events.ts';
import { inUtc } from '../command-line/clock.ts';
import { money } from '../command-line/money.ts';
import { RULES } from './rules.ts';

/** So many events are shown; JSON has all that were found. */
const SHOWN = 15;

/** An explanation for people: the answer first, then what it follows from, then what to do. */
export function wordsOf(told: Explanation, advice: readonly string[]): string[] {
  return [
    ...answer(told),
    ...customerLines(told),
    ...told.subscriptions.flatMap((each) => subscriptionLines(each, told)),
    ...eventLines(told),
    '',
    ...(advice.length > 0 ? ['What to do', ...advice.map((line) => `  - ${line}`)] : ['Nothing is off.']),
  ];
}

function answer({ asked, userId, decision, now, graceDays }: Explanation): string[] {
  if (userId === null) return [`${asked}: of none of our users`];
  const { allowed, reason, until, subscription } = decision;
  const end = until === null ? '' : `, until ${time(until)}`;
  const grace = reason.startsWith('past_due') ? ` (${graceDays} grace days)` : '';
  return [
    `User ${userId}: ${allowed ? 'has access' : 'has no access'} (${reason}${end})`,
    `  ${RULES[reason]}${grace}`,
    ...(subscription ? [`  Decided by ${subscription.id}, at ${time(now)}. The rule: docs/api.md, "Account".`] : []),
  ];
}

function customerLines({ customer }: Explanation): string[] {
  if (customer === null) return ['', 'No Stripe customer'];
  const { id, record, stripe, names } = customer;
  return [
    '',
    `Customer ${id}`,
    row('record', record ? `version ${record.version}, email ${record.email ?? 'none'}` : 'none'),
    row('at Stripe', stripe === 'there' ? `there, names ${names === null ? 'no user' : `user ${names}`}` : stripe),
  ];
}

function subscriptionLines({ id, known, access, stripe }: ToldSubscription, { decision }: Explanation): string[] {
  const mark = decision.subscription?.id === id ? ' (decides)' : '';
  return [
    '',
    `Subscription ${id}${mark}`,
    ...(known ? recordLines(known.record) : []),
    ...(access ? [row('alone gives', `${access.allowed ? 'access' : 'no access'} (${access.reason})`)] : []),
    row('record', known ? `version ${known.version}, true at Stripe ${span(known.asOf)}` : 'none'),
    row('Stripe now', nowAtStripe(stripe)),
  ];
}

function recordLines(record: SubscriptionRecord): string[] {
  const { status, plan, quantity, amount, currency, interval, currentPeriodStart, currentPeriodEnd } = record;
  const ends = { 'ends at': record.cancelAt, 'ended at': record.endedAt, 'trial ends': record.trialEnd };
  return [
    row('status', status),
    row(
      'plan',
      `${plan ?? 'none of ours'}, ${quantity} x ${amount === null ? `? ${currency}` : money(amount, currency)} a ${interval ?? '?'}`,
    ),
    row('period', `${time(currentPeriodStart)} to ${time(currentPeriodEnd)}`),
    ...Object.entries(ends).flatMap(([name, at]) => (at === null ? [] : [row(name, time(at))])),
  ];
}

function nowAtStripe(stripe: AtStripe): string {
  if (stripe.is !== 'different') return stripe.is;
  const { record, stripe: there } = stripe;
  if (record === null) return `there, ${String(there['status'])}, but without a record`;
  return `DIFFERENT: ${Object.keys(there)
    .map((field) => `${field} is ${value(there, field)}, recorded ${value(record, field)}`)
    .join('; ')}`;
}

const value = (fields: Fields, field: string): string => String(fields[field] ?? 'none');

function eventLines({ told: { events, lookedBackTo } }: Explanation): string[] {
  const more = events.length > SHOWN ? [`  and ${events.length - SHOWN} more (--json has them)`] : [];
  const bound = lookedBackTo === null ? [] : [`  events before ${time(lookedBackTo)} were not looked through`];
  if (events.length === 0) return ['', 'No events in the last thirty days', ...bound];
  return ['', 'Events, newest first', ...events.slice(0, SHOWN).map(eventLine), ...more, ...bound];
}

const eventLine = ({ created, type, about, id, delivered }: ToldEvent): string =>
  `  ${time(created)}  ${type.padEnd(33)} ${about}  ${id}  ${delivered ? 'delivered' : 'NOT DELIVERED'}`;

const row = (name: string, text: string): string => `  ${name.padEnd(13)} ${text}`;

const time = (seconds: number | null): string => (seconds === null ? 'none' : inUtc(seconds));

const span = ({ from, to }: { from: number; to: number }): string =>
  from === to ? time(from) : `${time(from)} to ${time(to)}`;
