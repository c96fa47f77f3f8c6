import { nextAnnouncement, type AccessChange, type Announced } from '../../billing/access-change.ts';
import type { Decision } from '../../billing/access.ts';
import type { SubscriptionRecord } from '../../billing/subscription.ts';
import type { AnnouncedAccess, Standing } from './announced.ts';
import type { AccessChangesBus } from './bus.ts';

export interface AnnouncerParts {
  readonly access: AnnouncedAccess;
  readonly bus: AccessChangesBus;
  /** @param now seconds since 1970 */
  readonly decide: (subscriptions: readonly SubscriptionRecord[], now: number) => Decision;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** Announces what changed about a user's access since it was last announced; returns what was told by this call. */
export type Announce = (userId: string) => Promise<readonly AccessChange[]>;

/** Each further attempt means that another announcer, or a change of the records, came in between. */
const ATTEMPTS = 20;

/*
 * Each change is told at least once, under an id that is its own:
 *
 *   read records and what was announced (v3) ── write what is to be told (v4) if v3 ── tell ── write that it is told
 *
 * A crash before "tell" leaves v4 pending: whoever comes next tells it first. One after it has v4 told twice, under the same
 * id. Of two at once only one writes v4, so that no id ever stands for two changes; the other looks again, and helps to tell.
 * After each round all is read again: the records may have changed since, and whoever announced that change may have found
 * it to be what was announced before v4.
 */
export function announcer({ access, bus, decide, now }: AnnouncerParts): Announce {
  /** What is to be told: what was left over, or what has changed since. */
  function due(userId: string, { subscriptions, announced }: Standing, at: number): Announced | undefined {
    if (announced.pending.length > 0) return announced;
    return nextAnnouncement(userId, announced, decide(subscriptions, at), at);
  }

  /** Whether access ran out while it was read: nobody knows then whether what was read was still so at that time. */
  function ranOut({ subscriptions }: Standing, from: number, to: number): boolean {
    const [before, after] = [decide(subscriptions, from), decide(subscriptions, to)];
    return before.reason !== after.reason || before.until !== after.until;
  }

  return async (userId) => {
    const told: AccessChange[] = [];
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const since = now();
      const standing = await access.read(userId);
      const { announced } = standing;
      // Clocks differ a little. What one has announced, no other takes back because it is not as late there.
      const at = Math.max(now(), announced.at);
      if (ranOut(standing, Math.max(since, announced.at), at)) continue;
      const next = due(userId, standing, at);
      if (next === undefined) return told;
      if (next !== announced && (await access.save(userId, next, announced.version)) === 'stale') continue;
      await bus.tell(next.pending);
      told.push(...next.pending);
      await access.save(userId, { ...next, pending: [] }, next.version);
    }
    throw new Error(`The access of ${userId} changed ${ATTEMPTS} times while it was announced.`);
  };
}
