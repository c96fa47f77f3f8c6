import type Stripe from 'stripe';

/** What came is not an event that Stripe signed for us. */
export class InvalidSignature extends Error {
  override readonly name = 'InvalidSignature';
}

/**
 * The event, if any of our secrets signed it within the last five minutes. While a secret is rolled there are two.
 *
 * Bad headers and bodies make the SDK throw errors of several kinds, not only its signature error, and a stranger can
 * cause each: all of them mean the same here.
 *
 * @throws InvalidSignature
 */
export function verifiedEvent(
  stripe: Stripe,
  body: string,
  signature: string,
  secrets: readonly string[],
): Stripe.Event {
  const failures: unknown[] = [];
  for (const secret of secrets) {
    try {
      return stripe.webhooks.constructEvent(body, signature, secret);
    } catch (error) {
      failures.push(error);
    }
  }
  throw new InvalidSignature('No webhook secret of ours has signed this.', { cause: failures });
}
