import { KEYS_KEPT_MS, readKeys, writeKeys, type Keys } from '../../clients/secrets.ts';
import { orMissing } from '../../clients/stripe-api.ts';
import { connectStripe } from '../../clients/stripe.ts';
import type { StackAddress } from '../command-line/stack.ts';
import { missingRights } from '../setup/rights.ts';
import { modeOf, type StripeKeys } from '../setup/credentials.ts';

/** A job that began with the old key goes on with it to its end: Lambda's longest run, in seconds. */
const LONGEST_RUN = 900;

export type KeysRotated =
  | { readonly state: 'unchanged' }
  | {
      readonly state: 'rotated';
      /** From then on nothing uses the old key. Seconds since 1970. */
      readonly oldUnusedAt: number;
    };

/**
 * Puts other keys of the same account into the secret, after proving that they are. The old ones need not work any more.
 *
 * @param now seconds since 1970
 * @throws an Error that says what is wrong with the new keys; then nothing was changed
 */
export async function rotateKeys(stack: StackAddress, wanted: StripeKeys, now: number): Promise<KeysRotated> {
  const { secrets, outputs, stripeBase } = stack;
  const known = await readKeys(secrets, outputs.secretId);
  if (known.secretKey === wanted.secretKey && known.publishableKey === wanted.publishableKey)
    return { state: 'unchanged' };
  await check(known, wanted, stripeBase);
  await writeKeys(secrets, outputs.secretId, { ...known, ...wanted });
  return { state: 'rotated', oldUnusedAt: now + KEYS_KEPT_MS / 1000 + LONGEST_RUN };
}

/** The portal's configuration is the proof: Stripe lets nobody delete one, and no other account has it. */
async function check(known: Keys, wanted: StripeKeys, stripeBase: string | undefined): Promise<void> {
  const [mode, before] = [modeOf(wanted.secretKey), modeOf(known.secretKey)];
  if (mode !== before) throw new Error(`These are ${mode} keys, but this stack works with ${before} keys. ${OTHER}`);
  const stripe = connectStripe(wanted.secretKey, stripeBase);
  const missing = await missingRights(stripe, wanted.secretKey);
  if (missing.length > 0)
    throw new Error(`The new key lacks these rights: ${missing.join(', ')}. Give them to it in the Stripe dashboard.`);
  const { portalConfiguration } = known;
  if (!(await orMissing(stripe.billingPortal.configurations.retrieve(portalConfiguration))))
    throw new Error(`The account of these keys does not have ${portalConfiguration}, which setup made. ${OTHER}`);
}

const OTHER = 'Another account wants a stack of its own: README, "Own it in AWS".';
