export interface Cached<T> {
  /** @param youngerThanMs a value loaded less than so long ago. @default - as long as values are kept */
  get(youngerThanMs?: number): Promise<T>;
}

/**
 * Loads once, keeps it for a while, and goes on with the old value when loading it anew fails: a fault of the source
 * must not take the routes down. Callers who come at the same time share one load.
 *
 * @param keepMs how long a value is fresh, in milliseconds; after a failed refresh, how long until the next try
 * @param onStale told of each failed refresh that was survived
 */
export function cached<T>(
  load: () => Promise<T>,
  keepMs: number,
  onStale: (error: unknown) => void,
  now = Date.now,
): Cached<T> {
  let held: { value: T; at: number } | undefined;
  let loading: Promise<T> | undefined;

  const refresh = async (): Promise<T> => {
    try {
      const value = await load();
      held = { value, at: now() };
      return value;
    } catch (error) {
      if (held === undefined) throw error;
      onStale(error);
      held = { value: held.value, at: now() };
      return held.value;
    } finally {
      loading = undefined;
    }
  };

  return {
    async get(youngerThanMs = keepMs) {
      if (held !== undefined && now() - held.at < youngerThanMs) return held.value;
      loading ??= refresh();
      return loading;
    },
  };
}
