import type Stripe from 'stripe';
import { TEST_ACCOUNTS } from '../life/bank-accounts.ts';
import { field } from './card-fields.ts';
import type { FieldErrors } from './cards.ts';
import { type Html, html } from './html.ts';

/** Whether the session was opened for bank accounts too: with something to pay in dollars, by somebody whose address is known. */
export const takesAccounts = (session: Stripe.Checkout.Session): boolean =>
  session.mode !== 'setup' &&
  session.currency === 'usd' &&
  (session.amount_total ?? 0) > 0 &&
  (session.customer_details?.email ?? session.customer_email) !== null &&
  session.allowed_payment_method_types?.includes('us_bank_account') === true;

/** The other way to pay: by a bank whose money takes days. @param verb of the page's main button */
export const accountForm = (session: Stripe.Checkout.Session, verb: string, errors: FieldErrors): Html | false =>
  takesAccounts(session) &&
  html`<form method="post" novalidate>
    <section aria-label="Bank account">
      <h2>Or pay by bank account</h2>
      ${field({ name: 'account', label: 'Account number', autocomplete: 'off', inputMode: 'numeric' }, errors.account)}
      <button name="by" value="account">${verb} by bank account</button>
      <dl>
        ${TEST_ACCOUNTS.map(
          ({ number, does }) =>
            html`<dt><code>${number}</code></dt>
              <dd>${does}</dd>`,
        )}
      </dl>
    </section>
  </form>`;
