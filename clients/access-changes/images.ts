import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { sayTheSame } from '../../billing/access-change.ts';
import type { AccessPolicy } from '../../billing/access.ts';
import { isErased, ItemError, subscriptionFrom } from '../records/items.ts';

type Image = Readonly<Record<string, AttributeValue>>;

/** What the table's stream tells of one write of a subscription. */
export interface Write {
  readonly Keys?: Image;
  readonly OldImage?: Image;
  readonly NewImage?: Image;
  readonly SequenceNumber?: string;
}

/** Whose access the write may have changed; undefined when it cannot have, as at every renewal. Nothing is read for it. */
export function userToLookAt({ Keys, OldImage, NewImage }: Write, policy: AccessPolicy): string | undefined {
  const userId = Keys?.['pk']?.S;
  if (userId === undefined) throw new ItemError('A write in the stream has no key.');
  try {
    return sayTheSame(OldImage && recordIn(OldImage), NewImage && recordIn(NewImage), policy) ? undefined : userId;
  } catch (error) {
    // An image that is not understood may mean anything. Whoever then reads the record says what is wrong with it.
    if (error instanceof ItemError) return userId;
    throw error;
  }
}

function recordIn(image: Image) {
  const item = unmarshall({ ...image });
  return isErased(item) ? undefined : subscriptionFrom(item).record;
}
