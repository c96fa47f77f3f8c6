import type { StoredEvent } from '../../../core/state.ts';
import { textAt, valueAt } from '../fields.ts';

/** Stripe's statuses, and one more: `active`, but nothing is collected (`pause_collection`). */
export const PHASES = [
  'incomplete',
  'trialing',
  'active',
  'collection_paused',
  'past_due',
  'unpaid',
  'paused',
] as const;
export type PhaseKind = (typeof PHASES)[number];

export const PHASE_NAMES: Readonly<Record<PhaseKind, string>> = {
  incomplete: 'Incomplete',
  trialing: 'Trial',
  active: 'Active',
  collection_paused: 'Collection paused',
  past_due: 'Past due',
  unpaid: 'Unpaid',
  paused: 'Paused',
};

/** Times are whole seconds. */
export interface Phase {
  readonly kind: PhaseKind;
  readonly from: number;
  /** Null while it lasts. */
  readonly to: number | null;
}

/** Null when the subscription has ended. */
function kindOf(subscription: unknown): PhaseKind | null {
  const status = textAt(subscription, 'status');
  const paused = valueAt(subscription, 'pause_collection') ?? null;
  if (status === 'active' && paused !== null) return 'collection_paused';
  return PHASES.find((kind) => kind === status) ?? null;
}

/**
 * The phases of a subscription's life, in order and without gaps, from what its events say it was at their time. What
 * lasted less than a second is left out: Stripe's times cannot tell.
 *
 * @param events of this one subscription, oldest first
 */
export function phasesOf(events: readonly StoredEvent[]): Phase[] {
  const moments = events
    .filter(({ type }) => type.startsWith('customer.subscription.'))
    .map(({ created, data }) => ({ at: created, kind: kindOf(data.object) }));
  const lasting = moments.filter(({ at }, index) => moments[index + 1]?.at !== at);
  const turns = lasting.filter(({ kind }, index) => index === 0 || kind !== lasting[index - 1]?.kind);
  return turns.flatMap(({ kind, at }, index) =>
    kind === null ? [] : [{ kind, from: at, to: turns[index + 1]?.at ?? null }],
  );
}
