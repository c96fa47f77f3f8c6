import { at } from './json.ts';

/** The keys that we put on Stripe's objects. Nobody else in the code spells them. */
export const METADATA = {
  /** On customers, checkout sessions, setup intents and subscriptions: the user they belong to. */
  userId: 'userId',
  /** On prices: the plan they were made for. A lookup key moves to the next price when the amount changes; this stays. */
  plan: 'plan',
  /** On customers: the setup intent whose card was made their default, so that it is made so once. */
  cardSavedBy: 'cardSavedBy',
  /** On customers: that card. It is for charges; subscriptions stay with their own. */
  cardForCharges: 'cardForCharges',
  /** On payment intents and checkout sessions: the charge run that they are paid for. */
  charge: 'charge',
  /** On webhook endpoints: the endpoint that they take over from, while a webhook secret is rotated. */
  replaces: 'replaces',
  /** On webhook endpoints: since when they ask for the events that are handled, in whole seconds of Stripe's clock. */
  listeningSince: 'listeningSince',
} as const;

/** What stands in the table in a user's place, and is none: nobody who chooses a name at the provider may get among it. */
export const NO_USERS = { chargeRuns: 'charge-runs', reconcile: 'reconcile' } as const;

const RESERVED: readonly string[] = Object.values(NO_USERS);

/**
 * A user id as OpenID Connect has it: ASCII. At most 200 characters, because Stripe takes no longer `client_reference_id`;
 * so it always fits Stripe's metadata and DynamoDB's keys.
 */
export const isUserId = (value: unknown): value is string =>
  typeof value === 'string' && /^[\x20-\x7e]{1,200}$/.test(value) && !RESERVED.includes(value);

/** The user that an object's metadata names, if it names one. */
export function userOf(metadata: unknown): string | undefined {
  const userId = at(metadata, METADATA.userId);
  return isUserId(userId) ? userId : undefined;
}
