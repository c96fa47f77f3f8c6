import { act, type Acting } from './acts.ts';
import { newCustomer, type Customer } from './customer.ts';
import type { Step } from './history.ts';
import type { Choice } from './picks.ts';

/** A gap this long is one in which everything that was under way has ended. Milliseconds. */
const LONG = 60_000;

/** Takes the steps of a history in their order, each when its time has come. */
export function createDirector(acting: Acting, customers: readonly Customer[], steps: readonly Step[]) {
  const { world, mail, tell } = acting;
  let taken = 0;

  const calm = () => world.invocations.active() === 0 && world.wire.isEmpty() && !mail.underWay();
  const customerOf = ({ user }: Step) => customers[user] ?? newCustomer('nobody');
  const mayTake = (step: Step): boolean => {
    if (step.after === 'due' || step.after >= LONG) return calm();
    return step.act !== 'pay' || customerOf(step).shopping === 0;
  };

  async function gapBefore({ after }: Step): Promise<number> {
    if (after !== 'due') return after;
    const due = await mail.nextDue();
    return due === null ? 0 : Math.max(0, due * 1000 - world.time.now());
  }

  async function take(step: Step): Promise<void> {
    const gap = await gapBefore(step);
    world.time.pass(gap);
    if (gap >= LONG) await mail.catchUp();
    tell(`== ${step.act} (${customerOf(step).id})`);
    taken += 1;
    await act(acting, customerOf(step), step);
    await mail.collect(taken);
  }

  return {
    /** The next step, if it may be taken now. */
    next(): Choice | undefined {
      const step = steps[taken];
      return step && mayTake(step) ? { go: () => take(step) } : undefined;
    },
    /** How many were taken; endlessly many when it was the last. */
    taken: (): number => (taken < steps.length ? taken : Infinity),
  };
}
