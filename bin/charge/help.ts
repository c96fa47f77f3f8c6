import type { Options } from '../command-line/command.ts';

/** Calls to Stripe a second. */
export const RATE = '10';

export const chargeHelp = `
Charges everybody with a saved card (docs/charges.md) the same amount, each of them once. With --now, or on a day that has
come, at once; else the stack does it on that day. What is recorded is never changed: the same name with something else
is refused.

  npm run operator -- charge --id 2026-12-fee --amount 500 --currency usd --description "December" --on 2026-12-01
  npm run operator -- charge --id 2026-12-fee              how it stands, and going on with it when it is due
  npm run operator -- charge --id 2026-12-fee --withdraw   nobody is charged for it any more

Ctrl-C ends it between two customers; started again, it goes on. Two at once do no harm. Whoever was declined, or has to
confirm, is listed with the page on which to pay.

Exit status 1 when somebody could not be charged for another reason than the card; starting it again tries those again.`;

export const chargeOptions = {
  id: { type: 'string', value: 'NAME', help: 'the name of the charge, of which there is one: 2026-12-fee' },
  amount: { type: 'string', value: 'N', help: "of each customer, in the currency's smallest unit: 500 is 5.00 usd" },
  currency: { type: 'string', value: 'CODE', help: 'three letters: usd' },
  description: { type: 'string', value: 'TEXT', help: 'what the customer reads' },
  on: { type: 'string', value: 'DAY', help: 'the day from which it is due, in UTC: 2026-12-01' },
  now: { type: 'boolean', help: 'today' },
  'dry-run': { type: 'boolean', help: 'only counts who would be charged; nothing is written' },
  withdraw: { type: 'boolean', help: 'takes it back, as far as nobody was charged yet' },
  rate: {
    type: 'string',
    value: 'N',
    help: `calls to Stripe a second, at most (${RATE} if not given): three for each customer`,
  },
} as const satisfies Options;
