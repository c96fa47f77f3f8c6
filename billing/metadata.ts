/** The keys that we put on Stripe's objects. Nobody else in the code spells them. */
export const METADATA = {
  /** On customers, checkout sessions and subscriptions: the user they belong to. */
  userId: 'userId',
  /** On prices: the plan they were made for. A lookup key moves to the next price when the amount changes; this stays. */
  plan: 'plan',
} as const;
