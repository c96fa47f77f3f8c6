/** The keys that we put on Stripe's objects. Nobody else in the code spells them. */
export const METADATA = {
  /** On customers, checkout sessions, setup intents and subscriptions: the user they belong to. */
  userId: 'userId',
  /** On prices: the plan they were made for. A lookup key moves to the next price when the amount changes; this stays. */
  plan: 'plan',
  /** On customers: the setup intent whose card was made their default, so that it is made so once. */
  cardSavedBy: 'cardSavedBy',
} as const;
