import type { ChargeRun, ChargeStatus } from './charge.ts';

/** How far a run has come: everybody up to `after`, in the order of the index, is settled. */
export interface Place {
  /** The key that DynamoDB goes on from. */
  readonly after: Readonly<Record<string, unknown>>;
  /** What became of those before it. */
  readonly totals: Totals;
}

/** How many users, by what became of their charge. */
export type Totals = Readonly<Partial<Record<ChargeStatus, number>>>;

/** `planned` until the first customer is looked at, `finished` when nobody is left, `withdrawn` by the operator. */
export type RunStatus = 'planned' | 'started' | 'finished' | 'withdrawn';

export interface StoredRun extends ChargeRun {
  readonly status: RunStatus;
  readonly place: Place | null;
  /** Of the whole run, once it is finished. */
  readonly totals: Totals | null;
}

/** The charge that was asked for is not one. Its message is a sentence for the operator. */
export class ChargeRunError extends Error {
  override readonly name = 'ChargeRunError';
}

/** Stripe's limit on amounts of eight digits. */
const MOST = 99_999_999;

export const isRunId = (text: string): boolean => /^[a-z0-9][a-z0-9._-]{0,59}$/.test(text);

/** What each field has to be, in words for the operator. */
const RULES: readonly (readonly [right: (run: ChargeRun) => boolean, words: string])[] = [
  [({ id }) => isRunId(id), 'The id is 1 to 60 of a-z, 0-9, ".", "_" and "-": 2026-12-fee'],
  [
    ({ amount }) => Number.isInteger(amount) && amount >= 1 && amount <= MOST,
    `The amount is a whole number of the currency's smallest unit, 1 to ${MOST}: 500 is 5.00 usd`,
  ],
  [({ currency }) => /^[a-z]{3}$/.test(currency), 'The currency is three small letters: usd'],
  [({ description }) => /^.{1,250}$/.test(description), 'The description is one line of 1 to 250 characters'],
  [({ on }) => isDay(on), 'The day is written 2026-12-01'],
];

/** @throws ChargeRunError saying what is wrong and how it is right */
export function checkedRun(run: ChargeRun): ChargeRun {
  const broken = RULES.find(([right]) => !right(run));
  if (broken) throw new ChargeRunError(`${broken[1]}.`);
  return run;
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && dayOf(at / 1000) === text;
}

/** The day in UTC. @param at seconds since 1970 */
export const dayOf = (at: number): string => new Date(at * 1000).toISOString().slice(0, 10);

/** @param now seconds since 1970 */
export function isDue({ status, on }: Pick<StoredRun, 'status' | 'on'>, now: number): boolean {
  return (status === 'planned' || status === 'started') && on <= dayOf(now);
}

/** The fields in which two runs of one name differ: a run is never changed, because some may be charged already. */
export function differencesOf(a: ChargeRun, b: ChargeRun): (typeof FROZEN)[number][] {
  return FROZEN.filter((field) => a[field] !== b[field]);
}

const FROZEN = ['amount', 'currency', 'description', 'on'] as const;
