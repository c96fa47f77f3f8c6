import { setting } from './env.ts';

/** What a disputed payment does to the subscription that it paid for: nothing, or it ends at once. */
export type DisputePolicy = 'keep' | 'cancel';

/** The policy that this function was deployed with. */
export function disputePolicy(): DisputePolicy {
  const policy = setting('DISPUTES');
  if (policy === 'keep' || policy === 'cancel') return policy;
  throw new Error('The environment variable DISPUTES is neither keep nor cancel.');
}
