import * as fc from 'fast-check';
import { decideAccess } from '../../billing/access.ts';
import {
  nextAnnouncement,
  NOTHING_ANNOUNCED,
  type AccessChange,
  type Announced,
  type KnownAccess,
} from '../../billing/access-change.ts';
import type { SubscriptionRecord } from '../../billing/subscription.ts';
import type { AnnouncedAccess } from '../../clients/access-changes/announced.ts';
import { announcer } from '../../clients/access-changes/announcer.ts';
import { DAY, NOON, subscriptionRecordOf } from '../support/subscription.ts';

/** One thing that happens: the record becomes something else, or only time passes; and how often somebody hears of it. */
interface Step {
  readonly record: SubscriptionRecord | 'as it was';
  readonly afterDays: number;
  readonly announcers: number;
}

export interface Announcing {
  readonly steps: readonly Step[];
  readonly faults: readonly ('none' | 'before' | 'after')[];
}

const record = fc
  .record({
    status: fc.constantFrom('active', 'active', 'past_due', 'canceled'),
    plan: fc.constantFrom('pro_monthly', 'pro_yearly'),
    cancelAt: fc.constantFrom(null, null, NOON + 2 * DAY),
  })
  .map(subscriptionRecordOf);

export const announcing: fc.Arbitrary<Announcing> = fc.record({
  steps: fc.array(
    fc.record({
      record: fc.oneof({ arbitrary: record, weight: 5 }, { arbitrary: fc.constant('as it was' as const), weight: 1 }),
      afterDays: fc.constantFrom(0, 0, 0, 1, 3),
      announcers: fc.integer({ min: 1, max: 2 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  faults: fc.array(fc.constantFrom('none', 'none', 'none', 'before', 'after'), { maxLength: 16 }),
});

/** The parts of the rule that a test may break, to see that the histories notice. */
export interface Rule {
  readonly guardsVersion: boolean;
  /** What was announced is read before the records, not after. */
  readonly readsAnnouncedFirst: boolean;
  /** After telling, the records are read once more. */
  readonly looksAgain: boolean;
  /** What is to be told is written before it is told. */
  readonly writesFirst: boolean;
}

export const RULE: Rule = { guardsVersion: true, readsAnnouncedFirst: true, looksAgain: true, writesFirst: true };

const policy = { graceDays: 2 };

/**
 * Lives it: every announcer runs at once with all others and with what happens, and the scheduler decides which call goes
 * on next. One that fails is repeated, as Lambda does.
 */
export async function announce({ steps, faults }: Announcing, rule: Rule, scheduler: fc.Scheduler) {
  const world = { now: NOON, record: undefined as SubscriptionRecord | undefined };
  const decide = (records: readonly SubscriptionRecord[], now: number) => decideAccess(records, now, policy);
  const truth = () => decide(world.record ? [world.record] : [], world.now);
  /** Every access that there really was, in order. */
  const history: KnownAccess[] = [];
  /** Every change that came over the bus, in order. */
  const told: AccessChange[] = [];
  let stored: Announced = NOTHING_ANNOUNCED;

  const remaining = [...faults];
  const call = async <T>(name: string, effect: () => T): Promise<T> => {
    const fault = remaining.shift() ?? 'none';
    await scheduler.schedule(Promise.resolve(), `${name} asks`);
    if (fault === 'before') throw new Error(`${name} failed before it had an effect`);
    const result = effect();
    await scheduler.schedule(Promise.resolve(), `${name} answers`);
    if (fault === 'after') throw new Error(`${name} failed after it had its effect`);
    return result;
  };

  /** The table, as one announcer sees it. */
  function view(): AnnouncedAccess {
    let seen: readonly SubscriptionRecord[] | undefined;
    return {
      async read() {
        const early = await call('read', () => stored);
        const now = await call('go on reading', () => (world.record ? [world.record] : []));
        const subscriptions = rule.looksAgain ? now : (seen ??= now);
        return { subscriptions, announced: rule.readsAnnouncedFirst ? early : stored };
      },
      save: (_, next, readVersion) =>
        call('save', () => {
          if (!rule.writesFirst) told.push(...next.pending);
          if (rule.guardsVersion && stored.version !== readVersion) return 'stale';
          stored = next;
          return 'saved';
        }),
    };
  }
  const bus = { tell: (changes: readonly AccessChange[]) => call('tell', () => void told.push(...changes)) };
  const run = async (): Promise<void> => {
    try {
      await announcer({ access: view(), bus, decide, now: () => world.now })('user-1');
    } catch {
      await run();
    }
  };

  const running: Promise<unknown>[] = [];
  const remember = (): void => {
    const { subscription, ...access } = truth();
    history.push({ ...access, plan: subscription?.plan ?? null });
  };
  const happen = ({ record, afterDays, announcers }: Step): void => {
    // Time passes before the record changes: what runs out meanwhile really was over.
    world.now += afterDays * DAY;
    remember();
    if (record !== 'as it was') world.record = record;
    remember();
    for (let each = 0; each < announcers; each += 1) running.push(run());
  };
  for (const [index, step] of steps.entries())
    running.push(scheduler.schedule(Promise.resolve(), `step ${index}`).then(() => happen(step)));
  await scheduler.waitIdle();
  await Promise.all(running);
  const left = nextAnnouncement('user-1', stored, truth(), world.now);
  return { left, pending: stored.pending, told, history };
}

/** What a consumer hears who knows an id again. */
export function onceEach(told: readonly AccessChange[]): AccessChange[] {
  return told.filter(({ id }, index) => told.findIndex((each) => each.id === id) === index);
}

/** Whether what was announced was so, one after the other: nothing was announced that had not been, or was over. */
export function happened(announced: readonly KnownAccess[], history: readonly KnownAccess[]): boolean {
  let from = 0;
  return announced.every(({ allowed, reason, until, plan }) => {
    const found = history.findIndex(
      (was, index) =>
        index >= from && was.allowed === allowed && was.reason === reason && was.until === until && was.plan === plan,
    );
    if (found >= 0) from = found;
    return found >= 0;
  });
}
