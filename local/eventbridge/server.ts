import type { Guard } from '../iam/guard.ts';
import { ServiceFault, startJsonService } from '../net/json-service.ts';
import type { Listening } from '../net/server.ts';
import type { Fields } from '../template/fields.ts';
import type { JsonObject } from '../template/json.ts';
import type { Bus, Buses } from './bus.ts';
import { readEntry } from './entries.ts';

/** What PutEvents takes at once: in entries, and in bytes. */
const mostEntries = 10;
const bodyLimit = 1024 * 1024;

export interface Region {
  account: string;
  region: string;
}

/** EventBridge: PutEvents, each call checked by the guard first. */
export function startEventBridge(buses: Buses, guard: Guard, region: Region): Promise<Listening> {
  return startJsonService(bodyLimit, async ({ operation, body, authorization }) => {
    if (operation !== 'PutEvents') {
      const message = `${operation} is not known here; add it to local/eventbridge/server.ts.`;
      throw new ServiceFault('UnknownOperationException', message);
    }
    const entries = body.groups('Entries');
    if (entries.length === 0 || entries.length > mostEntries) {
      const problem = `Member must have length between 1 and ${mostEntries}, inclusive`;
      throw new ServiceFault('ValidationException', `Value at 'entries' failed to satisfy constraint: ${problem}`);
    }
    const addressed = entries.map((entry) => ({ entry, bus: busOf(entry, buses) }));
    const accesses = addressed.map(({ bus }) => ({ action: 'events:PutEvents', resource: bus.arn }));
    const refusal = await guard(authorization, accesses);
    if (refusal !== undefined) throw new ServiceFault(refusal.type, refusal.message);
    return answer(addressed.map(({ entry, bus }) => put(entry, bus, region)));
  });
}

/** AWS drops what goes to a bus that is not there, without a word. Here there is a word. */
function busOf(entry: Fields, buses: Buses): Bus {
  const name = entry.text('EventBusName', 'default');
  const bus = buses.find(name);
  if (bus !== undefined) return bus;
  throw new ServiceFault('ResourceNotFoundException', `Event bus ${name} does not exist.`);
}

function put(entry: Fields, bus: Bus, region: Region): JsonObject {
  const read = readEntry(entry, region);
  if (read.kind === 'refused') return { ErrorCode: read.code, ErrorMessage: read.message };
  bus.put(read.event);
  return { EventId: read.event.id };
}

function answer(entries: JsonObject[]): JsonObject {
  return { FailedEntryCount: entries.filter((entry) => 'ErrorCode' in entry).length, Entries: entries };
}
