/** What signing in leaves behind, kept for this tab only: sessionStorage ends with it, and no other site can read it. */
import { read } from './read.ts';

/** The part of sessionStorage that is used. */
export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface Tokens {
  readonly accessToken: string;
  /** Milliseconds since 1970, by this browser's clock. */
  readonly expiresAt: number;
  readonly obtainedAt: number;
  readonly refreshToken: string | null;
  readonly idToken: string | null;
  readonly email: string | null;
}

/** What the visitor was about to do when sign-in took over. */
export interface Intent {
  /** Path and query to come back to. */
  readonly path: string;
  /** The plan to subscribe to, by lookup key. */
  readonly plan: string | null;
}

/** What must be remembered between going to the provider and coming back. */
export interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly intent: Intent;
}

interface Kept<T> {
  readonly get: () => T | null;
  readonly set: (value: T) => void;
  readonly clear: () => void;
}

function kept<T>(store: Store, key: string, parse: (value: unknown) => T): Kept<T> {
  return {
    get: () => {
      const text = store.getItem(key);
      try {
        return text === null ? null : parse(JSON.parse(text));
      } catch {
        return null; // left by another version of the page: as good as nothing
      }
    },
    set: (value) => store.setItem(key, JSON.stringify(value)),
    clear: () => store.removeItem(key),
  };
}

function toTokens(value: unknown): Tokens {
  const tokens = read(value, 'tokens');
  return {
    accessToken: tokens.text('accessToken'),
    expiresAt: tokens.number('expiresAt'),
    obtainedAt: tokens.number('obtainedAt'),
    refreshToken: tokens.textOrNull('refreshToken'),
    idToken: tokens.textOrNull('idToken'),
    email: tokens.textOrNull('email'),
  };
}

function toPending(value: unknown): Pending {
  const pending = read(value, 'pending');
  const intent = pending.fields('intent');
  return {
    state: pending.text('state'),
    nonce: pending.text('nonce'),
    verifier: pending.text('verifier'),
    intent: { path: intent.text('path'), plan: intent.textOrNull('plan') },
  };
}

export const keepTokens = (store: Store): Kept<Tokens> => kept(store, 'sign-in.tokens', toTokens);
export const keepPending = (store: Store): Kept<Pending> => kept(store, 'sign-in.pending', toPending);
