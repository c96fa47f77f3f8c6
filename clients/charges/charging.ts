import type { ChargeRecord, ChargeRun, ChargeStatus, Payer, StoredCharge, Verdict } from '../../billing/charge.ts';
import type { ChargeRecords } from '../records/charges.ts';
import type { Payments } from './payments.ts';

export interface Charged {
  readonly status: ChargeStatus;
  readonly declineCode: string | null;
  /** Whether it was settled now, and not before. */
  readonly now: boolean;
}

export interface Charging {
  /** Charges a user's saved card for this run, unless that was done. As often as you like, by as many as you like. */
  charge(run: ChargeRun, payer: Payer): Promise<Charged>;
}

export interface ChargingParts {
  readonly records: ChargeRecords;
  readonly payments: Payments;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** How often is looked again because somebody else wrote in between. Each time somebody else got further. */
const ATTEMPTS = 10;

/*
 * A payment intent can be paid once, whoever tries and however often. So money moves on one intent only, the one that the
 * record names, and no answer that got lost, no worker that died and no idempotency key that ran out can double it:
 *
 *   worker A   ── prepare pi_1 ── record names pi_1 ✓ ── attempt pi_1 ── (dies)
 *   worker B   ── prepare pi_2 ── record names pi_2 ✗ pi_1 is there ── close pi_2 ── look at pi_1, or attempt it
 *
 * A prepared intent that no record names is never attempted. When the customer pays, pi_1 is closed first (paying.ts).
 */
export function charging({ records, payments, now }: ChargingParts): Charging {
  /** The record that names what is to be paid, and the card for it; undefined when another worker's was first. */
  async function begin(run: ChargeRun, payer: Payer): Promise<Begun | undefined> {
    const card = await payments.cardOf(payer.customerId);
    const paymentIntentId = card === undefined ? null : await payments.prepare(run, payer);
    const charge = await records.add(payer.userId, newCharge(run, payer, paymentIntentId, now()));
    if (charge) return { charge, card };
    const winner = await records.read(payer.userId, run.id);
    if (paymentIntentId !== null && winner?.paymentIntentId !== paymentIntentId) await payments.close(paymentIntentId);
    return undefined;
  }

  /** A worker was here before: perhaps it was paid, perhaps not even tried. */
  async function goOn(charge: StoredCharge): Promise<Verdict | NoCard> {
    const verdict = await payments.look(intentOf(charge));
    if (verdict.status !== 'untried') return verdict;
    return attempt(charge, await payments.cardOf(charge.customerId));
  }

  async function attempt(charge: StoredCharge, card: string | undefined): Promise<Verdict | NoCard> {
    const verdict = card === undefined ? undefined : await payments.attempt(intentOf(charge), card);
    if (verdict && verdict.status !== 'untried') return verdict;
    const closed = await payments.close(intentOf(charge)); // the card is gone
    return closed.status === 'canceled' ? NO_CARD : closed;
  }

  /** What was found is written over what was known, and over what others wrote meanwhile only when it was paid. */
  async function settle(userId: string, known: StoredCharge, verdict: Verdict | NoCard): Promise<Settled | undefined> {
    const { status, declineCode } = verdict;
    if (status === 'untried') throw new Error(`${intentOf(known)} was neither paid nor refused.`);
    if (status === 'processing' || status === known.status) return { status, declineCode };
    const saved = await records.change(userId, known, { status, declineCode, attemptedAt: now() });
    if (saved === 'saved') return { status, declineCode };
    const other = status === 'succeeded' ? await records.read(userId, known.runId) : undefined;
    return other?.paymentIntentId === known.paymentIntentId && other ? settle(userId, other, verdict) : undefined;
  }

  /** Undefined when somebody else was quicker: then the record says more than we know. */
  async function step(run: ChargeRun, payer: Payer): Promise<Charged | undefined> {
    const known = await records.read(payer.userId, run.id);
    if (known && known.status !== 'processing') return { ...settledOf(known), now: false };
    const begun = known ? undefined : await begin(run, payer);
    const charge = known ?? begun?.charge;
    if (!charge) return undefined;
    if (charge.status !== 'processing') return { ...settledOf(charge), now: true };
    const verdict = begun ? await attempt(charge, begun.card) : await goOn(charge);
    const settled = await settle(payer.userId, charge, verdict);
    return settled && { ...settled, now: true };
  }

  return {
    async charge(run, payer) {
      for (let tries = 0; tries < ATTEMPTS; tries += 1) {
        const charged = await step(run, payer);
        if (charged) return charged;
      }
      throw new Error(`The charge changed ${ATTEMPTS} times while it was made.`);
    },
  };
}

type Settled = Pick<Charged, 'status' | 'declineCode'>;

const settledOf = ({ status, declineCode }: StoredCharge): Settled => ({ status, declineCode });

interface Begun {
  readonly charge: StoredCharge;
  readonly card: string | undefined;
}

interface NoCard {
  readonly status: 'no_card';
  readonly declineCode: null;
}
const NO_CARD: NoCard = { status: 'no_card', declineCode: null };

function newCharge(run: ChargeRun, payer: Payer, paymentIntentId: string | null, at: number): ChargeRecord {
  const { id: runId, amount, currency, description } = run;
  return {
    runId,
    customerId: payer.customerId,
    amount,
    currency,
    description,
    status: paymentIntentId === null ? 'no_card' : 'processing',
    paymentIntentId,
    checkoutSessionId: null,
    declineCode: null,
    attemptedAt: at,
  };
}

function intentOf({ runId, paymentIntentId }: StoredCharge): string {
  if (paymentIntentId === null) throw new Error(`A charge of ${runId} is under way without a payment.`);
  return paymentIntentId;
}
