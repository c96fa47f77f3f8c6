import type Stripe from 'stripe';
import { paySessions } from '../../clients/charges/pay-sessions.ts';
import { paying, type Paying } from '../../clients/charges/paying.ts';
import { payments } from '../../clients/charges/payments.ts';
import { chargeRecords } from '../../clients/records/charges.ts';
import { openTable } from '../../clients/records/table.ts';
import { nowSeconds, setting } from './env.ts';

export const charges = chargeRecords(openTable(setting('TABLE_NAME')));

/** What a customer pays of charges, with the keys of now. */
export function payingWith(stripe: Stripe): Paying {
  return paying({ records: charges, payments: payments(stripe), sessions: paySessions(stripe), now: nowSeconds });
}
