/** What a tab keeps: the sign-in until it is closed, answers until it is loaded anew. */
import type { Store } from './tokens.ts';

/** A browser told to keep nothing throws here: the plans are still worth showing. */
export function tabStore(): Store {
  try {
    return sessionStorage;
  } catch {
    const held = new Map<string, string>();
    return {
      getItem: (key) => held.get(key) ?? null,
      setItem: (key, value) => void held.set(key, value),
      removeItem: (key) => void held.delete(key),
    };
  }
}

/** Asks once; a failure is forgotten, so that trying again asks again. */
export function remembered<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => {
    answer ??= ask().catch((fault: unknown) => {
      answer = null;
      throw fault;
    });
    return answer;
  };
}
