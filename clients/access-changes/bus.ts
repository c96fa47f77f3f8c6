import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { AccessChange } from '../../billing/access-change.ts';

/** Where access changes are told. */
export interface AccessChangesBus {
  /** All of them, in their order. @throws when the bus did not take every one */
  tell(changes: readonly AccessChange[]): Promise<void>;
}

/** What rules know our events by. */
const SOURCE = 'subscriptions';

export function accessChangesBus(client: EventBridgeClient, name: string): AccessChangesBus {
  return {
    async tell(changes) {
      const Entries = changes.map(({ type, ...detail }) => ({
        EventBusName: name,
        Source: SOURCE,
        DetailType: type,
        Time: new Date(detail.at * 1000),
        Detail: JSON.stringify(detail),
      }));
      // The answer is a good one even when the bus refused some of them.
      const answer = await client.send(new PutEventsCommand({ Entries }));
      const refused = answer.Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
      if (answer.FailedEntryCount !== 0)
        throw new Error(`The bus did not take ${answer.FailedEntryCount} changes: ${refused?.ErrorCode}`);
    },
  };
}
