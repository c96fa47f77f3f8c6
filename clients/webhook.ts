import type Stripe from 'stripe';
import { at, isId } from '../billing/json.ts';
import { isSigned } from './signature.ts';

/** What came is not an event that Stripe signed for us. */
export class InvalidSignature extends Error {
  override readonly name = 'InvalidSignature';
}

/** What came is signed, but it is no event: an endpoint of another kind was given our address, say. */
export class NotAnEvent extends Error {
  override readonly name = 'NotAnEvent';
}

/** What was posted to the webhook: its raw body, and its `Stripe-Signature`. */
export interface Posted {
  readonly body: string;
  readonly signature: string;
}

/**
 * The event, as `verifiedEvent` has it. When none of the secrets known has signed it, those of now are asked for: another
 * may have been rotated in meanwhile, and Stripe should not have to send it again for that.
 *
 * @throws InvalidSignature, NotAnEvent
 */
export async function signedEvent(
  { body, signature }: Posted,
  known: readonly string[],
  secretsOfNow: () => Promise<readonly string[]>,
): Promise<Stripe.Event> {
  try {
    return verifiedEvent(body, signature, known);
  } catch (error) {
    if (!(error instanceof InvalidSignature)) throw error;
    return verifiedEvent(body, signature, await secretsOfNow());
  }
}

/**
 * The event, if any of our secrets signed it within the last five minutes. While a secret is rolled there are two.
 *
 * @throws InvalidSignature, also for a body that is no JSON: Stripe signs none such; NotAnEvent
 */
export function verifiedEvent(body: string, signature: string, secrets: readonly string[]): Stripe.Event {
  if (!secrets.some((secret) => isSigned(body, signature, secret)))
    throw new InvalidSignature('No webhook secret of ours has signed this.');
  const event = parsed(body);
  const type = at(event, 'type');
  const named = isId(at(event, 'id')) && typeof type === 'string' && type.length <= MOST_TYPE;
  if (!named || typeof (at(event, 'data', 'object') ?? '') !== 'object')
    throw new NotAnEvent('This is signed, but it is not an event with its object.');
  return event;
}

/** Stripe's longest is below a hundred characters. */
const MOST_TYPE = 250;

/** What Stripe signed is what its types say, but for what is looked at above and by whoever reads further. */
function parsed(body: string): Stripe.Event {
  try {
    const event: Stripe.Event = JSON.parse(body);
    return event;
  } catch (cause) {
    throw new InvalidSignature('What was signed is not JSON.', { cause });
  }
}
