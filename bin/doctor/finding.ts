import type { PlansFile } from '../../billing/plans.ts';
import type { OpenStack, StackAddress } from '../command-line/stack.ts';

export type Status = 'ok' | 'warning' | 'broken' | 'not looked at';

/** What a check saw: one sentence, and what to do when it is not well. */
export interface Said {
  readonly status: Status;
  readonly says: string;
  readonly next?: string;
}

export interface Finding extends Said {
  readonly check: string;
}

export const ok = (says: string): Said => ({ status: 'ok', says });
export const warning = (says: string, next: string): Said => ({ status: 'warning', says, next });
export const broken = (says: string, next: string): Said => ({ status: 'broken', says, next });
export const notLookedAt = (says: string): Said => ({ status: 'not looked at', says });

/** A check that looks, and changes nothing. */
export interface Check<P> {
  readonly name: string;
  look(parts: P): Promise<Said | readonly Said[]>;
}

/** When the outputs are known; when the secret is, too; and when Stripe takes its key, too. */
export type StackCheck = Check<StackAddress>;
export type KeysCheck = Check<OpenStack>;
export type StripeCheck = Check<OpenStack & { readonly plans: PlansFile }>;

export const SETUP = 'npm run operator -- setup';
export const RECONCILE = 'npm run operator -- reconcile';
export const ROTATE_KEYS = 'npm run operator -- rotate keys';
export const FINISH = 'npm run operator -- rotate webhook --finish';
