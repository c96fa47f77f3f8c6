import type { ChargeRecord, StoredCharge } from '../../billing/charge.ts';
import type { Place, RunStatus, StoredRun, Totals } from '../../billing/charge-run.ts';
import { field, has, isNumber, isText, type Item } from './items.ts';

export function chargeFrom(item: Item): StoredCharge {
  return { ...field(item, 'charge', isCharge), version: field(item, 'version', isNumber) };
}

export function runFrom(item: Item): StoredRun {
  return {
    id: field(item, 'sk', isText),
    amount: field(item, 'amount', isNumber),
    currency: field(item, 'currency', isText),
    description: field(item, 'description', isText),
    on: field(item, 'on', isText),
    status: field(item, 'status', isRunStatus),
    place: field(item, 'place', isPlaceOrNull),
    totals: field(item, 'totals', isTotalsOrNull),
  };
}

const RUN_STATUSES: readonly RunStatus[] = ['planned', 'started', 'finished', 'withdrawn'];

const isCharge = (value: unknown): value is ChargeRecord =>
  has(value, 'runId', 'customerId', 'amount', 'status', 'paymentIntentId', 'checkoutSessionId');
const isRunStatus = (value: unknown): value is RunStatus => RUN_STATUSES.some((status) => status === value);
const isPlaceOrNull = (value: unknown): value is Place | null => value === null || has(value, 'after', 'totals');
const isTotalsOrNull = (value: unknown): value is Totals | null => value === null || has(value);
