import { UI_MODES, type UiMode } from '../../billing/checkout.ts';

/** Where somebody pays, as the stack is set; told only when it is not on Stripe's own page. */
export function uiModeSetting(): UiMode {
  const word = process.env['CHECKOUT_UI_MODE'] ?? 'hosted_page';
  const uiMode = UI_MODES.find((known) => known === word);
  if (uiMode === undefined) throw new Error(`CHECKOUT_UI_MODE is "${word}", but one of ${UI_MODES.join(', ')}.`);
  return uiMode;
}
