import { median } from '../statistics.ts';

/** What a call took, in microseconds: of the processor, by this whole process, and on the clock. */
export interface Took {
  readonly cpu: number;
  readonly elapsed: number;
}

export interface Measured {
  readonly ours: Took;
  readonly floor: Took;
}

/** A call, made ready for each turn before the time is taken. */
export type Prepared = () => () => Promise<unknown>;

const WARM_UP = 150;
const ROUNDS = 300;

/**
 * Ours and the floor in turns, so that whatever else the machine does meets both; the medians of all turns.
 *
 * @param calls in a turn: enough of them to be told apart from the reading of the clock
 */
export async function inTurns(ours: Prepared, floor: Prepared, calls: number): Promise<Measured> {
  const times: Took[] = [];
  const floors: Took[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const [took, least] = [await turn(ours, calls), await turn(floor, calls)];
    if (round < 0) continue;
    times.push(took);
    floors.push(least);
  }
  return { ours: middle(times), floor: middle(floors) };
}

async function turn(prepare: Prepared, calls: number): Promise<Took> {
  const prepared = Array.from({ length: calls }, prepare);
  const [started, spent] = [performance.now(), process.cpuUsage()];
  for (const call of prepared) await call();
  const { user, system } = process.cpuUsage(spent);
  return { cpu: (user + system) / calls, elapsed: ((performance.now() - started) * 1000) / calls };
}

const middle = (times: readonly Took[]): Took => ({
  cpu: median(times.map(({ cpu }) => cpu)),
  elapsed: median(times.map(({ elapsed }) => elapsed)),
});
