import type { StoredEvent } from '../../../core/state.ts';
import type { Mark, Names, Teller } from './telling.ts';
import { TOLD_OF_INVOICES } from './told-of-invoices.ts';
import { TOLD_OF_SUBSCRIPTIONS } from './told-of-subscriptions.ts';

const TELLERS: Readonly<Record<string, Teller>> = { ...TOLD_OF_SUBSCRIPTIONS, ...TOLD_OF_INVOICES };

const same = (a: Mark, b: Mark): boolean => a.kind === b.kind && a.at === b.at && a.words === b.words;

/**
 * The moments of a subscription's life that people care about.
 *
 * @param events of this subscription and of its customer, oldest first
 */
export function marksOf(events: readonly StoredEvent[], names: Names): Mark[] {
  const marks = events.flatMap((event): Mark[] => {
    const told = TELLERS[event.type]?.(event, names) ?? null;
    return told === null ? [] : [{ ...told, at: event.created, event: event.id }];
  });
  // A new card is told by the subscription and by its customer: once is enough.
  return marks.filter((mark, index) => marks.findIndex((other) => same(other, mark)) === index);
}
