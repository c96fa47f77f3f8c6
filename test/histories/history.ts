import * as fc from 'fast-check';
import { FAULTS, SLOWEST, type Fault, type Slowest } from './wire.ts';

export const ACTS = [
  'checkout',
  'two checkouts',
  'sold by phone',
  'pay',
  'success page',
  'portal',
  'reconcile',
  'dearer plan',
  'cheaper plan',
  'yearly plan',
  'cancel later',
  'take back',
  'cancel now',
  'pause collection',
  'resume collection',
  'pause',
  'resume',
  'refund',
  'delete customer',
  'card fails once',
  'card fails',
  'pay what is open',
] as const;
export type Act = (typeof ACTS)[number];

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

/** One thing that somebody does. */
export interface Step {
  readonly user: number;
  readonly act: Act;
  /** Which plan of the plans file, for a checkout. */
  readonly plan: number;
  /** Milliseconds after the one before; `due`: as soon as something falls due at Stripe. */
  readonly after: number | 'due';
}

/** The lives of some customers, and all the trouble on the way. */
export interface History {
  /** Of the simulator's ids, and of what the SDKs leave to chance. */
  readonly seed: number;
  /** Milliseconds. */
  readonly start: number;
  /** What the account is set to do when a payment was given up. */
  readonly afterRetries: 'cancel' | 'unpaid' | 'past_due';
  readonly steps: readonly Step[];
  /** For each event in turn, after how many more steps each of its copies may be delivered. Once and at once, when they run out. */
  readonly copies: readonly (readonly number[])[];
  /** What happens to the calls of the functions, in their order. */
  readonly faults: readonly Fault[];
  readonly slowest: Slowest;
  /** Who goes on, and how long it takes, each time. When they run out everything happens in its order, at once. */
  readonly picks: readonly number[];
}

/** Mostly one and the same, to whom then more happens. */
const user = fc.constantFrom(0, 0, 0, 0, 0, 1, 2);
const plan = fc.nat(3);
const moment: fc.Arbitrary<Step['after']> = fc.constantFrom(0, 0, 0, 300, 700, 1000, 1700, 5000);
const later: fc.Arbitrary<Step['after']> = fc.constantFrom<Step['after']>(
  0,
  1000,
  HOUR,
  2 * DAY,
  31 * DAY,
  'due',
  'due',
);
const after = fc.oneof({ weight: 3, arbitrary: moment }, { weight: 1, arbitrary: later });

const opening = fc
  .tuple(fc.constantFrom<Act>('checkout', 'checkout', 'two checkouts'), plan, moment)
  .map(([act, plan, after]) => [act, 'pay' as const].map((act): Step => ({ user: 0, act, plan, after })));
const change: fc.Arbitrary<Step> = fc.record({ user, act: fc.constantFrom(...ACTS), plan, after });
const steps = fc
  .tuple(opening, fc.array(change, { minLength: 1, maxLength: 9, size: 'max' }))
  .map(([opening, changes]) => [...opening, ...changes]);

const late = fc.constantFrom(0, 0, 0, 1, 2, 9);
const fault = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Fault>('none') },
  { weight: 2, arbitrary: fc.constantFrom<Fault>('slow before', 'slow after') },
  { weight: 2, arbitrary: fc.constantFrom(...FAULTS) },
);

export const history: fc.Arbitrary<History> = fc.noBias(
  fc.record({
    seed: fc.noShrink(fc.nat()),
    start: fc.constantFrom(
      ...['2027-01-15T12:00:00.000Z', '2027-01-31T23:59:58.600Z', '2028-02-29T06:00:00.900Z'].map(Date.parse),
    ),
    afterRetries: fc.constantFrom('cancel', 'unpaid', 'past_due'),
    steps,
    copies: fc.array(fc.array(late, { minLength: 1, maxLength: 3 }), { maxLength: 30, size: 'max' }),
    faults: fc.array(fault, { maxLength: 90, size: 'max' }),
    slowest: fc.constantFrom(...SLOWEST),
    picks: fc.array(fc.nat(255), { maxLength: 300, size: 'max' }),
  }),
);
