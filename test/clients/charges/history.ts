import * as fc from 'fast-check';
import { SAME, type Trouble } from './stage.ts';

export const CARDS = {
  pays: 'pm_card_visa',
  fails: 'pm_card_chargeCustomerFail',
  'wants the customer': 'pm_card_authenticationRequired',
  none: undefined,
} as const;
type Card = keyof typeof CARDS;

/** One customer and one run: who does what at the same time, in which order, and what breaks. */
export interface History {
  readonly card: Card;
  /** The job and the operator's command line, as often as they are started. */
  readonly workers: readonly (readonly Trouble[])[];
  /** What the customer does at the page, in as many tabs. */
  readonly tabs: readonly { readonly pays: boolean; readonly troubles: readonly Trouble[] }[];
  readonly card2: Exclude<Card, 'none'> | 'taken away' | null;
  /** How many hours pass while all this is going on, each time. */
  readonly hours: readonly number[];
  readonly choices: readonly number[];
}

const troubles: fc.Arbitrary<Trouble[]> = fc.array(
  fc.record({
    atCall: fc.nat({ max: 8 }),
    kind: fc.constantFrom('dies', 'lost'),
    when: fc.constantFrom('before', 'after'),
  }),
  { maxLength: 2 },
);

export const history: fc.Arbitrary<History> = fc.record({
  card: fc.constantFrom<Card>('pays', 'pays', 'fails', 'wants the customer', 'none'),
  workers: fc.array(troubles, { minLength: 1, maxLength: 3 }),
  tabs: fc.array(fc.record({ pays: fc.boolean(), troubles }), { maxLength: 2 }),
  card2: fc.constantFrom('pays', 'fails', 'taken away', null, null),
  hours: fc.array(fc.constantFrom(1, 25), { maxLength: 2 }),
  choices: fc.noBias(fc.array(fc.constantFrom(SAME, SAME, SAME, 0, 1, 2, 3, 4), { minLength: 40, maxLength: 80 })),
});
