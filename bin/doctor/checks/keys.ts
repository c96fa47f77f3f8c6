import Stripe from 'stripe';
import { connectStripe } from '../../../clients/stripe.ts';
import { accountIn, modeOf } from '../../setup/credentials.ts';
import {
  broken,
  notLookedAt,
  ok,
  ROTATE_KEYS,
  warning,
  type KeysCheck,
  type Said,
  type StripeCheck,
} from '../finding.ts';
import { missingRights } from '../../setup/rights.ts';

/** @throws what Stripe refuses a key with that is none (any more) */
export async function secretKeyWorks({ stripe, keys }: Parameters<KeysCheck['look']>[0]): Promise<Said> {
  try {
    await stripe.prices.list({ limit: 1 });
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripePermissionError)) throw error;
  }
  const kind = keys.secretKey.startsWith('rk_') ? 'restricted' : 'secret';
  return ok(`a ${kind} key in ${modeOf(keys.secretKey)} mode, which Stripe takes`);
}

export const publishableKeyCheck: KeysCheck = {
  name: 'publishable key',
  async look({ keys: { publishableKey, secretKey }, stripeBase }) {
    const mode = modeOf(secretKey);
    if (!publishableKey.startsWith(`pk_${mode}_`))
      return broken(`is none of ${mode} mode, which the secret key is of`, `${ROTATE_KEYS}, with two keys of one mode`);
    const refusal = await refusalOf(connectStripe(publishableKey, stripeBase));
    if (refusal !== 'secret_key_required')
      return broken('Stripe does not know it (any more)', `make one in the Stripe dashboard, then ${ROTATE_KEYS}`);
    const [account, other] = [accountIn(publishableKey), accountIn(secretKey)];
    if (account !== other && account !== undefined && other !== undefined)
      return warning(
        'seems to be of another account than the secret key',
        `${ROTATE_KEYS}, with two keys of one account`,
      );
    return ok(`of ${mode} mode, which Stripe knows`);
  },
};

/** Stripe knows a publishable key by saying that it takes a secret one. */
async function refusalOf(stripe: Stripe): Promise<string | undefined> {
  try {
    await stripe.prices.list({ limit: 1 });
    return undefined;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeConnectionError) throw error;
    return error instanceof Stripe.errors.StripeError ? error.code : undefined;
  }
}

export const rightsCheck: StripeCheck = {
  name: 'rights',
  async look({ stripe, keys: { secretKey } }) {
    if (!secretKey.startsWith('rk_')) return ok('a secret key may do everything');
    const missing = await missingRights(stripe, secretKey);
    if (missing.length === 0) return ok('the restricted key may do what is needed');
    return broken(`the restricted key lacks ${missing.join(', ')}`, 'give it these rights in the Stripe dashboard');
  },
};

/** Of the account that setup ran in: only that one has its portal configuration. */
export const missingPortal = (id: string): Said =>
  broken(`the account has no ${id}: are these the keys of another one?`, `${ROTATE_KEYS}, with those of the account`);

export const cliDelivers = notLookedAt('webhooks come through the Stripe CLI here');
