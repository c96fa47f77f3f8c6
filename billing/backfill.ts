import { isUserId } from './metadata.ts';

/** What is known of a subscription that stood at Stripe before us, or beside us. */
export interface Existing {
  /** The user that the operator says its customer is; undefined when nothing was said. */
  readonly mapped: string | undefined;
  /** The users that its customer and it name in their metadata. */
  readonly customerNames: string | undefined;
  readonly subscriptionNames: string | undefined;
  /** The user whose record has its customer. */
  readonly recordedFor: string | undefined;
}

export type Claim =
  | { readonly kind: 'of'; readonly userId: string }
  | { readonly kind: 'unmapped' }
  | { readonly kind: 'conflict'; readonly why: string };

/** Whose it is. All who say something must say the same: an import never takes a customer from one user for another. */
export function claimOf({ mapped, customerNames, subscriptionNames, recordedFor }: Existing): Claim {
  const sound: boolean = mapped === undefined || isUserId(mapped);
  if (!sound) return { kind: 'conflict', why: `what it is mapped to is no user id: up to 200 characters of ASCII` };
  const said = [
    { userId: mapped, who: 'it is mapped to' },
    { userId: recordedFor, who: 'its customer is recorded for' },
    { userId: customerNames, who: 'its customer names' },
    { userId: subscriptionNames, who: 'it names' },
  ].flatMap(({ userId, who }) => (userId === undefined ? [] : [{ userId, who }]));
  const [first] = said;
  if (first === undefined) return { kind: 'unmapped' };
  const other = said.find(({ userId }) => userId !== first.userId);
  if (other === undefined) return { kind: 'of', userId: first.userId };
  return { kind: 'conflict', why: `${first.who} ${first.userId}, but ${other.who} ${other.userId}` };
}
