import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Payer } from '../../billing/charge.ts';
import { CUSTOMER_INDEX, customerKey, type Table } from './table.ts';

const CURRENT = customerKey('').sk;

export interface PayersPage {
  readonly payers: readonly Payer[];
  /** Where the next page begins; undefined after the last. */
  readonly next: Readonly<Record<string, unknown>> | undefined;
}

/**
 * All users with a Stripe customer, by the sparse index, which holds customers only: in the index's own order, that stays
 * the same from one look to the next. The index follows the table within a moment.
 */
export async function* payersPages(
  { name: TableName, client }: Table,
  after: Readonly<Record<string, unknown>> | undefined,
  Limit = 100,
): AsyncGenerator<PayersPage> {
  let from = after;
  do {
    const ExclusiveStartKey = from && { ...from };
    const { Items = [], LastEvaluatedKey: next } = await client.send(
      new ScanCommand({ TableName, IndexName: CUSTOMER_INDEX, Limit, ...(ExclusiveStartKey && { ExclusiveStartKey }) }),
    );
    yield { payers: Items.flatMap(payerOf), next };
    from = next;
  } while (from);
}

/** Former customers have no cards any more. */
function payerOf({ pk: userId, sk, customerId }: Record<string, unknown>): Payer[] {
  if (sk !== CURRENT) return [];
  return typeof userId === 'string' && typeof customerId === 'string' ? [{ userId, customerId }] : [];
}
