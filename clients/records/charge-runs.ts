import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ChargeRun } from '../../billing/charge.ts';
import type { Place, RunStatus, StoredRun, Totals } from '../../billing/charge-run.ts';
import { runFrom } from './charge-items.ts';
import { accepted } from './conditions.ts';
import { CHARGE_RUNS, chargeRunKey, type Table } from './table.ts';

export interface ChargeRuns {
  read(runId: string): Promise<StoredRun | undefined>;
  /** The run of this name: this one, or the one that was there before it. */
  add(run: ChargeRun): Promise<StoredRun>;
  all(): Promise<StoredRun[]>;
  /** From now on customers are charged. @returns false when it is finished or withdrawn */
  start(runId: string): Promise<boolean>;
  /** @returns false when it is finished or withdrawn */
  keepPlace(runId: string, place: Place): Promise<boolean>;
  finish(runId: string, totals: Totals): Promise<boolean>;
  /** Nobody is charged any more; what was charged stays. @returns false when it is finished already */
  withdraw(runId: string): Promise<boolean>;
}

/*
 * A run moves one way: planned ── started ── finished
 *                         └─────────┴─────── withdrawn
 */
export function chargeRuns({ name: TableName, client }: Table): ChargeRuns {
  const read: ChargeRuns['read'] = async (runId) => {
    const { Item } = await client.send(new GetCommand({ TableName, Key: chargeRunKey(runId), ConsistentRead: true }));
    return Item && runFrom(Item);
  };

  /** Sets these fields, if the run is in one of these states. */
  function move(
    runId: string,
    from: readonly RunStatus[],
    fields: Partial<Pick<StoredRun, 'status' | 'place' | 'totals'>>,
  ): Promise<boolean> {
    const set = Object.entries(fields);
    const states = from.map((status, index) => [`:from${index}`, status] as const);
    const update = new UpdateCommand({
      TableName,
      Key: chargeRunKey(runId),
      UpdateExpression: `SET ${set.map(([field]) => `#${field} = :${field}`).join(', ')}`,
      ConditionExpression: `#status IN (${states.map(([name]) => name).join(', ')})`,
      ExpressionAttributeNames: {
        '#status': 'status',
        ...Object.fromEntries(set.map(([field]) => [`#${field}`, field])),
      },
      ExpressionAttributeValues: Object.fromEntries([...states, ...set.map(([field, value]) => [`:${field}`, value])]),
    });
    return accepted(client.send(update));
  }

  return {
    read,

    async add(run) {
      const made: StoredRun = { ...run, status: 'planned', place: null, totals: null };
      const { id, ...fields } = made;
      const Item = { ...chargeRunKey(id), ...fields };
      const put = new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' });
      return (await accepted(client.send(put))) ? made : ((await read(id)) ?? made);
    },

    async all() {
      const runs: StoredRun[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'pk = :runs',
            ExpressionAttributeValues: { ':runs': CHARGE_RUNS },
            ConsistentRead: true,
            ...(ExclusiveStartKey && { ExclusiveStartKey }),
          }),
        );
        runs.push(...(page.Items ?? []).map(runFrom));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return runs;
    },

    start: (runId) => move(runId, ['planned', 'started'], { status: 'started' }),
    keepPlace: (runId, place) => move(runId, ['started'], { place }),
    finish: (runId, totals) => move(runId, ['started'], { status: 'finished', totals, place: null }),
    withdraw: (runId) => move(runId, ['planned', 'started', 'withdrawn'], { status: 'withdrawn' }),
  };
}
