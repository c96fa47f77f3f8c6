import type { Settings } from '../core/settings.ts';
import type { State } from '../core/state.ts';
import { checkFields, oneOf, trueOrFalse, wholeNumber, wrong } from './body.ts';
import type { Body, SimRoute } from './route.ts';

const EXAMPLE = 'Send for example {"retryAfterDays": [3, 5, 7]}: up to 8 whole numbers of days from 1 to 60.';
const isDays = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 60;

function daysOf({ retryAfterDays: value }: Body): readonly number[] | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.length <= 8 && value.every(isDays)) return value;
  throw wrong('"retryAfterDays" is no list of days.', EXAMPLE);
}

/** How the account is set: what Stripe's dashboard holds, and no call of its API changes. What is not sent stays. */
export function settingsRoutes(state: State): SimRoute[] {
  function change(body: Body): Settings {
    checkFields(body, Object.keys(state.settings));
    state.settings = {
      retryAfterDays: daysOf(body) ?? state.settings.retryAfterDays,
      afterRetries: oneOf(body, 'afterRetries', ['cancel', 'unpaid', 'past_due']) ?? state.settings.afterRetries,
      cancelOnDispute: trueOrFalse(body, 'cancelOnDispute') ?? state.settings.cancelOnDispute,
      declineNextCharges:
        wholeNumber(body, 'declineNextCharges', { from: 0, to: 1000 }) ?? state.settings.declineNextCharges,
    };
    return state.settings;
  }

  return [
    { method: 'GET', path: '/_sim/settings', answer: () => state.settings },
    { method: 'POST', path: '/_sim/settings', answer: ({ body }) => change(body) },
  ];
}
