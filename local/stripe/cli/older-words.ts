/**
 * The fixtures of the official CLI were written for an older version of the API, in which the ways to pay were called
 * `payment_method_types`. Stripe answers each account in its own version; the simulator speaks the newest only, so for the CLI,
 * and for nobody else, it says that word anew.
 *
 * @param form as it is sent @param agent the `User-Agent`
 */
export const inTodaysWords = (form: string, agent: string | undefined): string =>
  agent?.includes('stripe-cli/') === true
    ? form.replaceAll(/(?<=^|&)payment_method_types(?=\[|%5B)/gi, 'allowed_payment_method_types')
    : form;
