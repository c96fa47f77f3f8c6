import { isOwed, type ChargeStatus, type Payer } from '../../billing/charge.ts';
import type { StoredRun, Totals } from '../../billing/charge-run.ts';
import type { ChargeRecords } from '../records/charges.ts';
import { inTurns } from './in-turns.ts';
import type { Payments } from './payments.ts';
import type { Unpaid } from './report.ts';
import type { Payers } from './run.ts';

export interface Survey {
  /** How many users, by what became of their charge so far. */
  readonly totals: Totals;
  /** Those who are to pay themselves. */
  readonly unpaid: readonly Unpaid[];
  /** How many a pass would charge now: not charged yet, and with a saved card. Null when that was not asked. */
  readonly chargeable: number | null;
  /** False when it was stopped before its end. */
  readonly whole: boolean;
}

export interface SurveyParts {
  readonly payers: Payers;
  readonly records: Pick<ChargeRecords, 'read'>;
  /** Asked for the cards of those not charged yet. @default - they are not looked at */
  readonly payments?: Pick<Payments, 'cardOf'>;
  readonly stop?: () => boolean;
  readonly progress?: (seen: number) => void;
}

/** How a run stands, user by user. Nobody is charged, and nothing is written. */
export async function survey(parts: SurveyParts, run: Pick<StoredRun, 'id'>): Promise<Survey> {
  const { payers, records, payments, stop = () => false, progress } = parts;
  const totals = new Map<ChargeStatus, number>();
  const unpaid: Unpaid[] = [];
  let chargeable = 0;
  let seen = 0;
  const look = async (payer: Payer) => {
    const charge = await records.read(payer.userId, run.id);
    if (charge) {
      const { status, declineCode } = charge;
      totals.set(status, (totals.get(status) ?? 0) + 1);
      if (isOwed(charge)) unpaid.push({ ...payer, status, declineCode });
    } else if (await payments?.cardOf(payer.customerId)) chargeable += 1;
    seen += 1;
    progress?.(seen);
  };
  for await (const page of payers()) {
    await inTurns(page.payers, stop, look);
    if (stop()) break;
  }
  return { totals: Object.fromEntries(totals), unpaid, chargeable: payments ? chargeable : null, whole: !stop() };
}
