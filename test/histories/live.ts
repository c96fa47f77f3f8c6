import { newCustomer } from './customer.ts';
import { createDirector } from './director.ts';
import type { History } from './history.ts';
import { createMail } from './mail.ts';
import { createPicks, type Choice } from './picks.ts';
import { differences } from './truth.ts';
import type { Turn } from './wire.ts';
import type { World } from './world.ts';

/**
 * Lives a history: nothing happens unless it is chosen, one thing at a time, by the history's own picks.
 *
 * @param tell told each thing that happens
 * @returns what is different from Stripe at the end, in words; nothing when all is well
 */
export async function live(
  world: World,
  { seed, start, afterRetries, steps, copies, faults, slowest, picks }: History,
  tell?: (line: string) => void,
): Promise<string[]> {
  const { time, wire, invocations } = world;
  await world.restart(start, seed);
  wire.restart(faults, slowest);
  const customers = [0, 1, 2].map((n) => newCustomer(`user-${n}`));
  const say = (line: string) => tell?.(`${new Date(time.now()).toISOString().slice(0, 23)}  ${line}`);
  const failures: string[] = [];
  const watch = (work: Promise<unknown>): void => void work.catch((error: unknown) => failures.push(String(error)));
  const mail = createMail(world, copies, say);
  const director = createDirector({ world, mail, tell: say, watch }, customers, steps);
  const picking = createPicks(picks);
  await mail.hold();
  if (afterRetries !== 'cancel') await mail.settings({ afterRetries });

  const goOn = (turns: readonly Turn[]): Choice[] =>
    turns.map((turn) => ({ name: turn.name, go: () => wire.take(turn) }));
  const others = (): Choice[] => [
    ...goOn(wire.turns()),
    ...mail.ready(director.taken()).map((letter) => ({ go: () => watch(mail.bring(letter)) })),
  ];

  for (;;) {
    await quiet(wire.busy);
    const { chosen, milliseconds } = picking.choose(others(), director.next(), () => goOn(wire.slow()));
    if (chosen) {
      time.pass(milliseconds);
      if (tell && chosen.name) say(chosen.name());
      await chosen.go();
    } else if (invocations.active() > 0) {
      if (!time.skip()) return ['Something waits for what never comes.'];
    } else {
      await mail.catchUp();
      if ((await mail.collect(director.taken())) === 0) break;
    }
  }
  return [...failures, ...(await differences(world, customers))];
}

/** Until nothing happens any more of itself. */
async function quiet(busy: () => boolean): Promise<void> {
  do await new Promise((resolve) => setImmediate(resolve));
  while (busy());
}
