import type { EdgeResponse } from './message.ts';

export interface Stored {
  readonly response: EdgeResponse;
  /** Seconds since it came from the origin. */
  readonly age: number;
}

export interface EdgeCache {
  get(key: string): Stored | undefined;
  put(key: string, response: EdgeResponse, seconds: number): void;
}

/** Bytes of bodies that one edge keeps; the oldest go first. */
const CAPACITY = 64 * 1024 * 1024;

/** @param now milliseconds since 1970 */
export function createEdgeCache(now: () => number): EdgeCache {
  const entries = new Map<string, { response: EdgeResponse; storedAt: number; expiresAt: number }>();
  const drop = (key: string): void => void entries.delete(key);
  const size = () => [...entries.values()].reduce((sum, { response }) => sum + response.body.length, 0);

  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      if (entry.expiresAt > now())
        return { response: entry.response, age: Math.floor((now() - entry.storedAt) / 1000) };
      drop(key);
      return undefined;
    },
    put(key, response, seconds) {
      entries.set(key, { response, storedAt: now(), expiresAt: now() + seconds * 1000 });
      for (const oldest of entries.keys()) {
        if (size() <= CAPACITY) break;
        drop(oldest);
      }
    },
  };
}
