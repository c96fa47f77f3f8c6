import { eventBuses, type BusEvent } from '../../local/eventbridge/bus.ts';
import { startEventBridge } from '../../local/eventbridge/server.ts';

/** An event bus `changes`, and what was put on it. */
export async function startBus() {
  const told: BusEvent[] = [];
  const buses = eventBuses('arn:aws:events:us-east-1:000000000000:', (_bus, event) => void told.push(event));
  buses.create('changes');
  const region = { account: '000000000000', region: 'us-east-1' };
  const { url, close } = await startEventBridge(buses, async () => undefined, region);
  return { url, told, stop: close };
}
