/** What Stripe's dashboard sets for an account, as far as subscriptions feel it. */
export interface Settings {
  /** Days from each failed attempt to the next one; after the last of them collection gives up. */
  readonly retryAfterDays: readonly number[];
  /** What becomes of a subscription whose payment was given up. */
  readonly afterRetries: 'cancel' | 'unpaid' | 'past_due';
  /** Whether a dispute ends the subscription that the disputed charge paid for. */
  readonly cancelOnDispute: boolean;
  /** How many of the next charges the bank declines, whatever the card; counts down. Not Stripe's: it makes trouble at will. */
  readonly declineNextCharges: number;
}

/** Three retries within 15 days, then the end: the schedule that Stripe's dashboard offers first. */
export const DEFAULT_SETTINGS: Settings = {
  retryAfterDays: [3, 5, 7],
  afterRetries: 'cancel',
  cancelOnDispute: false,
  declineNextCharges: 0,
};
