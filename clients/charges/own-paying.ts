import type Stripe from 'stripe';
import { chargeRecords } from '../records/charges.ts';
import type { Table } from '../records/table.ts';
import { paySessions } from './pay-sessions.ts';
import { paying, type Paying } from './paying.ts';
import { payments } from './payments.ts';

/** What customers pay of charges, on this table and this account. @param now seconds since 1970 */
export function ownPaying(stripe: Stripe, table: Table, now: () => number): Paying {
  return paying({ records: chargeRecords(table), payments: payments(stripe), sessions: paySessions(stripe), now });
}
