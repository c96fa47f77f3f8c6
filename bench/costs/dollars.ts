import list from '../prices.json' with { type: 'json' };

/** What one call used of what costs money. */
export interface Use {
  /** Whether it comes through API Gateway, and before that through CloudFront. */
  readonly door: 'site' | 'api' | 'none';
  readonly read: number;
  readonly write: number;
  readonly tableCalls: number;
  readonly stripeCalls: number;
  /** Events put on the bus. */
  readonly announced: number;
  /** Milliseconds of this machine's processor. */
  readonly cpuMs: number;
  /** Of the function's own lines. */
  readonly logBytes: number;
  readonly answerBytes: number;
}

export type Price = keyof typeof list.prices;

const { assumed } = list;
const MILLION = 1_000_000;
const GB = 1e9;

const dollars = (price: Price, amount: number): number =>
  (list.prices[price].dollars / list.prices[price].each) * amount;

/**
 * How long Lambda bills for: its share of a processor is as its memory, and what it waits for it waits for by the clock. Rounded
 * up to a whole millisecond, as Lambda does. A processor like this machine's is assumed.
 */
export function billedMs({ cpuMs, tableCalls, stripeCalls, announced }: Use, memoryMb: number): number {
  const waited =
    tableCalls * assumed.dynamoMs.value + stripeCalls * assumed.stripeMs.value + announced * assumed.busMs.value;
  return Math.ceil(cpuMs * Math.max(1, assumed.vcpuMb.value / memoryMb) + waited);
}

/** What a million of them cost, in dollars, by what it is paid for. Stripe asks nothing for a call of its API. */
export function dollarsAMillion(use: Use, memoryMb: number): Readonly<Record<Bill, number>> {
  const { door, read, write, announced, logBytes, answerBytes } = use;
  const [throughApi, throughEdge] = [door === 'none' ? 0 : 1, door === 'site' ? 1 : 0];
  const gbSeconds = (billedMs(use, memoryMb) / 1000) * (memoryMb / 1024);
  const logged = logBytes + assumed.lambdaLogBytes.value + throughApi * assumed.accessLogBytes.value;
  const sent = throughEdge * (answerBytes + assumed.headerBytes.value);
  return {
    lambda: MILLION * (dollars('lambdaRequest', 1) + dollars('lambdaGbSecond', gbSeconds)),
    table: MILLION * (dollars('tableRead', read) + dollars('tableWrite', write)),
    api: MILLION * dollars('apiRequest', throughApi),
    edge: MILLION * (dollars('edgeRequest', throughEdge) + dollars('edgeGb', sent / GB)),
    logs: MILLION * dollars('logGb', logged / GB),
    bus: MILLION * dollars('busEvent', announced),
  };
}

export type Bill = 'lambda' | 'table' | 'api' | 'edge' | 'logs' | 'bus';

export const sumOf = (bill: Readonly<Record<Bill, number>>): number =>
  Object.values(bill).reduce((sum, each) => sum + each, 0);
