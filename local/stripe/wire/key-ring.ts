/** What somebody did to a key in Stripe's dashboard. */
export interface KeyState {
  readonly expired: boolean;
  /** Beginnings of paths that a restricted key may not call. */
  readonly without: readonly string[];
}

export type KeyRing = ReturnType<typeof createKeyRing>;

/** The simulator takes any key; only those that something was done to are remembered, until it stops. */
export function createKeyRing() {
  const states = new Map<string, KeyState>();
  return {
    set: (key: string, state: KeyState): void => {
      states.delete(key);
      if (state.expired || state.without.length > 0) states.set(key, state);
    },
    size: (): number => states.size,
    isExpired: (key: string): boolean => states.get(key)?.expired ?? false,
    isKeptFrom: (key: string, path: string): boolean =>
      (states.get(key)?.without ?? []).some((begins) => path === begins || path.startsWith(`${begins}/`)),
  };
}
