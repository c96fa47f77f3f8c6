import { TEST_CARDS } from '../life/test-cards.ts';
import type { FieldErrors } from './cards.ts';
import { type Html, html } from './html.ts';

interface Field {
  readonly name: 'number' | 'expiration' | 'cvc' | 'name' | 'email' | 'promotion_code' | 'account';
  readonly label: string;
  readonly autocomplete: string;
  readonly value?: string;
  readonly inputMode?: string;
  readonly hint?: string;
  readonly type?: 'text' | 'email';
}

/** A labelled input; an error stands next to it and is tied to it for screen readers. */
export function field(facts: Field, error: string | undefined): Html {
  const { name, label, autocomplete, value = '', inputMode = 'text', hint = '', type = 'text' } = facts;
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      autocomplete="${autocomplete}"
      inputmode="${inputMode}"
      placeholder="${hint}"
      value="${value}"
      maxlength="200"
      aria-invalid="${error === undefined ? 'false' : 'true'}"
      aria-describedby="${name}-error"
    />
    <p class="error" id="${name}-error">${error}</p>
  </div>`;
}

/** The card's fields. What was typed stays, except for number and security code, which are never written into a page. */
export function cardFields(typed: URLSearchParams, errors: FieldErrors): Html {
  const number = { name: 'number', label: 'Card number', autocomplete: 'cc-number', inputMode: 'numeric' } as const;
  const expiration = { name: 'expiration', label: 'Expiration', autocomplete: 'cc-exp', hint: 'MM / YY' } as const;
  const cvc = { name: 'cvc', label: 'CVC', autocomplete: 'cc-csc', inputMode: 'numeric' } as const;
  const name = { name: 'name', label: 'Name on card', autocomplete: 'cc-name' } as const;
  return html`${field(number, errors.number)}
    <div class="pair">
      ${field({ ...expiration, value: typed.get('expiration') ?? '' }, errors.expiration)} ${field(cvc, errors.cvc)}
    </div>
    ${field({ ...name, value: typed.get('name') ?? '' }, errors.name)}`;
}

/** Folded: it is longer than a phone is high, and most visitors know the one number they want. */
export const testCards = (): Html =>
  html`<details class="test-cards">
    <summary>Test cards</summary>
    <dl>
      ${TEST_CARDS.map(
        ({ shown, does }) =>
          html`<dt><code>${shown}</code></dt>
            <dd>${does}</dd>`,
      )}
    </dl>
    <p class="note">Any date in the future, any three digits, any name. Never type a real card.</p>
  </details>`;
