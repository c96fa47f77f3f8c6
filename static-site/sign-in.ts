/** Who is signed in, in this tab, and how to get there and back with the visitor's wish in hand. */
import { signInUnasked } from '#words/faults';
import { asFault, Fault } from './faults.ts';
import { keepPending, keepTokens, type Intent, type Pending, type Store, type Tokens } from './tokens.ts';

export interface SignIn {
  readonly signedIn: () => boolean;
  /** Null when the provider did not tell it. */
  readonly email: () => string | null;
  /** A token that has not expired; renews it when it can. Throws `signed_out`. */
  readonly accessToken: () => Promise<string>;
  /** Goes to the provider. Resolves when the browser has been told to leave. */
  readonly begin: (intent: Intent) => Promise<void>;
  /** On the way back: what the visitor wanted, or null when this is no return from the provider. */
  readonly finish: (url: URL) => Promise<Returned | null>;
  /** Forgets the tokens, whatever happens, and ends the provider's session if the provider can be reached. */
  readonly end: () => Promise<void>;
  /** Another tab signed `email` out: so does this one, if it is the same account. @returns whether it was */
  readonly follow: (email: unknown) => boolean;
  /** Whether the tokens are so new that a refusal of them cannot be cured by signing in once more. */
  readonly isFresh: () => boolean;
}

/** The intent survives a failed sign-in, so that trying again leads where the visitor was going. */
export interface Returned {
  readonly intent: Intent;
  readonly fault: Fault | null;
}

/** As provider.ts speaks with it. */
export interface Provider {
  readonly authorizationUrl: (pending: Pending, redirectUri: string) => Promise<URL>;
  /** Trades the code in `url` for tokens. Throws a `sign_in_failed` fault. */
  readonly redeem: (url: URL, pending: Pending, redirectUri: string) => Promise<Tokens>;
  /** Null when the provider no longer takes the refresh token. */
  readonly refresh: (tokens: Tokens, refreshToken: string) => Promise<Tokens | null>;
  /** Null when the provider has no such address. */
  readonly endSessionUrl: (idToken: string | null, returnTo: string) => Promise<URL | null>;
}

export interface SignInNeeds {
  readonly provider: () => Promise<Provider>;
  readonly store: Store;
  /** Of this page, without a trailing slash. */
  readonly origin: string;
  readonly leaveFor: (url: string) => void;
  /** Tells the other tabs who signs out. */
  readonly tellTabs: (email: string | null) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A token this close to its end might expire on the way. In milliseconds. */
const leeway = 30_000;
const fresh = 60_000;

export function createSignIn({ provider, store, origin, leaveFor, tellTabs, now }: SignInNeeds): SignIn {
  const tokens = keepTokens(store);
  const pending = keepPending(store);
  const home = `${origin}/`;
  const renewOnce = single(async (held: Tokens): Promise<Tokens | null> => {
    if (held.refreshToken === null) return null;
    return (await provider()).refresh(held, held.refreshToken);
  });

  async function accessToken(): Promise<string> {
    const held = tokens.get();
    if (!held) throw new Fault('signed_out');
    if (held.expiresAt - leeway > now()) return held.accessToken;
    const renewed = await renewOnce(held);
    if (!renewed) throw new Fault('signed_out');
    tokens.set(renewed);
    return renewed.accessToken;
  }

  async function begin(intent: Intent): Promise<void> {
    const attempt = { state: random(), nonce: random(), verifier: random(), intent };
    const url = await (await provider()).authorizationUrl(attempt, home);
    pending.set(attempt);
    leaveFor(url.href);
  }

  async function finish(url: URL): Promise<Returned | null> {
    if (!isReturn(url)) return null;
    const attempt = pending.get();
    if (!attempt) return tokens.get() ? null : unasked;
    pending.clear();
    try {
      tokens.set(await (await provider()).redeem(url, attempt, home));
      return { intent: attempt.intent, fault: null };
    } catch (thrown) {
      tokens.clear();
      return { intent: attempt.intent, fault: asFault(thrown) };
    }
  }

  const endSessionUrl = async (idToken: string | null): Promise<string> =>
    (await (await provider()).endSessionUrl(idToken, home))?.href ?? home;

  async function end(): Promise<void> {
    const { idToken = null, email = null } = tokens.get() ?? {};
    tokens.clear();
    tellTabs(email);
    leaveFor(await endSessionUrl(idToken).catch(() => home));
  }

  function follow(email: unknown): boolean {
    const same = tokens.get()?.email === email;
    if (same) tokens.clear();
    return same;
  }
  return {
    follow,
    signedIn: () => tokens.get() !== null,
    email: () => tokens.get()?.email ?? null,
    isFresh: () => now() - (tokens.get()?.obtainedAt ?? 0) < fresh,
    accessToken,
    begin,
    finish,
    end,
  };
}

/** 256 bits that nobody can guess, in letters that an address may hold: what RFC 7636 (4.1) wants of a verifier. */
function random(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** An answer that this tab did not ask for: an old address, another tab's, or a browser that keeps nothing. */
const unasked: Returned = {
  intent: { path: '/', plan: null },
  fault: new Fault('sign_in_failed', { detail: signInUnasked }),
};

/** Whether the provider sent the visitor here: RFC 6749 4.1.2 and 4.1.2.1. */
export const isReturn = ({ searchParams }: URL): boolean =>
  searchParams.has('state') && (searchParams.has('code') || searchParams.has('error'));

/** Calls that come while one is under way share its outcome: a refresh token may be good for one use only. */
function single<A, T>(run: (argument: A) => Promise<T>): (argument: A) => Promise<T> {
  let underWay: Promise<T> | null = null;
  return (argument) => {
    underWay ??= run(argument).finally(() => {
      underWay = null;
    });
    return underWay;
  };
}
