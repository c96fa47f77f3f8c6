import type { StoredEvent } from '../../../../local/stripe/core/state.ts';
import type { Names } from '../../../../local/stripe/pages/dashboard/time-line/telling.ts';

export const DAY = 86_400;
/** 1 March 2027, noon, UTC. */
export const START = Date.UTC(2027, 2, 1, 12) / 1000;

let count = 0;

/** An event as the simulator keeps it. @param day counted from the start */
export function told(type: StoredEvent['type'], day: number, object: object, previous?: object): StoredEvent {
  count += 1;
  return {
    id: `evt_${count}`,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: START + day * DAY,
    data: { object, ...(previous && { previous_attributes: previous }) },
    livemode: false,
    request: null,
    type,
  };
}

const price = (name: string, unit_amount: number) => ({ product: name, unit_amount, currency: 'usd' });
export const STARTER = price('Starter', 900);
export const PRO = price('Pro', 2900);

export const subscription = (fields: object = {}) => ({
  object: 'subscription',
  id: 'sub_1',
  created: START,
  status: 'active',
  pause_collection: null,
  cancel_at: null,
  items: { data: [{ price: STARTER, quantity: 1 }] },
  ...fields,
});

export const invoice = (fields: object = {}) => ({
  object: 'invoice',
  number: 'A-0001',
  currency: 'usd',
  attempt_count: 1,
  amount_paid: 900,
  amount_remaining: 0,
  next_payment_attempt: null,
  ...fields,
});

export const names: Names = {
  card: (method) => method.replace('pm_', 'card '),
  price: (of) => Object(of).product,
};
