import type { StoredEvent } from '../../../core/state.ts';
import { formatMoney } from '../../../life/money.ts';
import { numberAt, textAt } from '../fields.ts';

export type MarkKind =
  | 'started'
  | 'paid'
  | 'free'
  | 'failed'
  | 'asks'
  | 'written_off'
  | 'refunded'
  | 'disputed'
  | 'card'
  | 'plan'
  | 'notice'
  | 'ending'
  | 'ended';

/** Something that happened at one moment. */
export interface Mark {
  readonly kind: MarkKind;
  /** Whole seconds. */
  readonly at: number;
  /** What happened, without its date. */
  readonly words: string;
  /** The event that tells. */
  readonly event: string;
}

/** Names of what events only refer to. */
export interface Names {
  /** `Visa 4242` */
  card(method: string): string;
  /** `Pro, $29.00 / month` */
  price(price: unknown): string;
}

export type Told = Pick<Mark, 'kind' | 'words'>;
/** What an event tells of a subscription's life; null when nothing that people care about. */
export type Teller = (event: StoredEvent, names: Names) => Told | null;

/** An amount of an event's object, in its currency. */
export function amountOf(object: unknown, field: string): string {
  return formatMoney(numberAt(object, field) ?? 0, textAt(object, 'currency') ?? 'usd');
}
