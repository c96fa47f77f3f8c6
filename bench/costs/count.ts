import { median } from '../statistics.ts';
import type { OutsideProcess, Taken } from '../world/outside.ts';
import type { Case } from './cases.ts';
import type { Use } from './dollars.ts';

/** What one of them uses: what is counted is that of the last, when all is warm, and time is the median. */
export async function useOf(
  { prepare, door, rounds = 15 }: Case,
  outside: OutsideProcess,
  logged: () => number,
): Promise<Use> {
  const times: number[] = [];
  let last = { taken: await outside.taken(), logBytes: 0, answerBytes: 0 };
  for (let round = -rounds; round < rounds; round += 1) {
    const call = await prepare();
    await outside.taken();
    logged();
    const spent = process.cpuUsage();
    const answer = await call();
    const { user, system } = process.cpuUsage(spent);
    if (round >= 0) times.push((user + system) / 1000);
    last = { taken: await outside.taken(), logBytes: logged(), answerBytes: bytesOf(answer) };
  }
  return { door, ...countedIn(last.taken), cpuMs: median(times), ...last };
}

export const countedIn = ({ dynamo, stripe, announced }: Taken) => ({
  read: dynamo.read,
  write: dynamo.write,
  tableCalls: dynamo.calls.length,
  stripeCalls: stripe.length,
  announced,
});

const bytesOf = (answer: unknown): number => {
  const body = typeof answer === 'object' && answer !== null && 'body' in answer ? answer.body : undefined;
  return typeof body === 'string' ? Buffer.byteLength(body) : 0;
};

/** Counts what is written to the log from now on. @returns the bytes since it was last asked */
export function countLog(): () => number {
  let bytes = 0;
  const counted = (text: unknown): boolean => {
    bytes += Buffer.byteLength(String(text));
    return true;
  };
  process.stdout.write = counted;
  process.stderr.write = counted;
  return () => {
    const seen = bytes;
    bytes = 0;
    return seen;
  };
}
