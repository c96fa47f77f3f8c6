import { isOwed, type ChargeStatus, type StoredCharge } from '../../billing/charge.ts';
import { CheckoutConflict } from '../checkout.ts';
import type { ChargeRecords } from '../records/charges.ts';
import type { Payments } from './payments.ts';
import type { PaySessions } from './pay-sessions.ts';

/** `open`: go there and pay. `settled`: there is nothing to pay, because of this. */
export type PayResult =
  { readonly kind: 'open'; readonly url: string } | { readonly kind: 'settled'; readonly status: ChargeStatus };

export interface Paying {
  /** Where the customer pays what is owed, the same place as long as it is open; undefined when there is no such charge. */
  open(userId: string, runId: string, siteUrl: string): Promise<PayResult | undefined>;
  /** Brings the record up to a checkout that may have been paid. */
  settle(sessionId: string): Promise<'paid' | 'unchanged' | 'ignored'>;
}

export interface PayingParts {
  readonly records: ChargeRecords;
  readonly payments: Pick<Payments, 'close'>;
  readonly sessions: PaySessions;
  /** Seconds since 1970. */
  readonly now: () => number;
}

const ATTEMPTS = 5;

/*
 * Never two things that can be paid for one charge:
 *
 *   declined pi_1 ── close pi_1 ── open cs_1 ── record names cs_1 ✓ ── the customer is told of cs_1
 *   another tab   ── close pi_1 ── open cs_2 ── record names cs_2 ✗ ── close cs_2, which nobody was told of
 *   a slow worker ── attempt pi_1 ✗ it is closed
 */
export function paying({ records, payments, sessions, now }: PayingParts): Paying {
  const paidBy = (userId: string, known: StoredCharge, paymentIntentId: string) =>
    records.change(userId, known, { status: 'succeeded', declineCode: null, paymentIntentId, attemptedAt: now() });

  /** What became of what could be paid so far; undefined when nothing can be any more, and a new checkout may be opened. */
  async function earlier(userId: string, charge: StoredCharge): Promise<PayResult | 'changed' | undefined> {
    if (charge.checkoutSessionId !== null) {
      const session = await sessions.look(charge.checkoutSessionId);
      if (session.url !== null) return { kind: 'open', url: session.url };
      if (session.pending) return { kind: 'settled', status: 'processing' };
      if (session.paid === null) return undefined; // it has run out
      await paidBy(userId, charge, session.paid);
      return 'changed';
    }
    if (charge.paymentIntentId === null) return undefined;
    const { status } = await payments.close(charge.paymentIntentId);
    if (status === 'canceled') return undefined;
    if (status !== 'succeeded') return { kind: 'settled', status: 'processing' };
    await paidBy(userId, charge, charge.paymentIntentId);
    return 'changed';
  }

  async function open(userId: string, charge: StoredCharge, siteUrl: string): Promise<PayResult | undefined> {
    const session = await sessions.open(charge, userId, siteUrl);
    const saved = await records.change(userId, charge, { checkoutSessionId: session.id });
    const winner = saved === 'saved' ? session.id : (await records.read(userId, charge.runId))?.checkoutSessionId;
    if (winner === session.id) return session.url === null ? undefined : { kind: 'open', url: session.url };
    await sessions.close(session.id);
    return undefined;
  }

  return {
    async open(userId, runId, siteUrl) {
      for (let tries = 0; tries < ATTEMPTS; tries += 1) {
        const charge = await records.read(userId, runId);
        if (!charge || charge.status === 'no_card') return undefined;
        if (!isOwed(charge)) return { kind: 'settled', status: charge.status };
        const before = await earlier(userId, charge);
        if (before === 'changed') continue;
        const result = before ?? (await open(userId, charge, siteUrl));
        if (result) return result;
      }
      throw new CheckoutConflict(`The charge changed ${ATTEMPTS} times while its checkout was opened.`);
    },

    async settle(sessionId) {
      const session = await sessions.look(sessionId);
      for (let tries = 0; tries < ATTEMPTS; tries += 1) {
        const { userId, runId, paid } = session;
        const charge = userId !== undefined && runId !== undefined && (await records.read(userId, runId));
        if (!charge) return 'ignored';
        if (paid === null || charge.status === 'succeeded') return 'unchanged';
        if ((await paidBy(userId, charge, paid)) === 'saved') return 'paid';
      }
      throw new CheckoutConflict(`Charge ${session.runId} changed ${ATTEMPTS} times while its payment was recorded.`);
    },
  };
}
