/**
 * When a record was true, in Stripe's own clock: some moment between `from` and `to`, whole seconds, both included.
 * For a record written from an event's payload both are the event's `created`.
 */
export interface AsOf {
  readonly from: number;
  readonly to: number;
}

/**
 * What an event's payload is, measured against a record:
 * `newer`   the payload is the later truth, write it
 * `older`   the record knows better, nothing to do
 * `unclear` the clocks cannot tell (Stripe's have a resolution of one second): ask Stripe
 */
export type Age = 'newer' | 'older' | 'unclear';

/** @param created the event's `created`, in seconds of Stripe's clock */
export function ageOf(created: number, known: AsOf | undefined): Age {
  if (known === undefined || created > known.to) return 'newer';
  return created < known.from ? 'older' : 'unclear';
}

/** A payload shows its object as it was when the event was made. */
export function asOfEvent(created: number): AsOf {
  return { from: created, to: created };
}

/**
 * A fetched object was true some time between the question and the answer. Only Stripe's clock is read: the moment of
 * the answer is its `Date` header; the question was asked `elapsedMs` earlier. The header has dropped up to one second,
 * and the object may be as old as the question, hence the second taken off `from`.
 *
 * @param answeredAt the answer's `Date` header, in seconds
 * @param elapsedMs how long the request took on our side, in milliseconds
 */
export function asOfFetch(answeredAt: number, elapsedMs: number): AsOf {
  return { from: answeredAt - Math.ceil(elapsedMs / 1000) - 1, to: answeredAt };
}
