export interface StripeKeys {
  readonly publishableKey: string;
  readonly secretKey: string;
}

const MODES = ['test', 'live'] as const;

/**
 * The account's keys, from `STRIPE_SECRET_KEY` and `STRIPE_PUBLISHABLE_KEY`. A restricted key (`rk_`) will do.
 *
 * @throws an Error that says what is wrong and where to find the keys, and never quotes one
 */
export function stripeKeysFrom(env: NodeJS.ProcessEnv): StripeKeys {
  const secretKey = env['STRIPE_SECRET_KEY'] ?? '';
  const publishableKey = env['STRIPE_PUBLISHABLE_KEY'] ?? '';
  const mode = MODES.find((each) => new RegExp(`^(sk|rk)_${each}_\\w+$`).test(secretKey));
  if (!mode)
    throw new Error(
      `STRIPE_SECRET_KEY should be a key that starts with sk_test_, sk_live_, rk_test_ or rk_live_. ${WHERE}`,
    );
  if (!new RegExp(`^pk_${mode}_\\w+$`).test(publishableKey))
    throw new Error(
      `STRIPE_PUBLISHABLE_KEY should start with pk_${mode}_, as the secret key is a ${mode} key. ${WHERE}`,
    );
  return { publishableKey, secretKey };
}

/** The mode of a key, which every one of Stripe's keys says. */
export const modeOf = (key: string): string => (key.split('_')[1] === 'live' ? 'live' : 'test');

/**
 * The account whose key this is, as keys say it themselves for some years: `sk_test_51` and the account's id without `acct_1`.
 * Nowhere promised, so good for a warning only; undefined for other keys.
 */
export const accountIn = (key: string): string | undefined =>
  key.length > 60 ? /^(?:sk|rk|pk)_(?:test|live)_51(\w{15})/.exec(key)?.[1] : undefined;

const WHERE = 'Both are in the Stripe dashboard under Developers, API keys.';
