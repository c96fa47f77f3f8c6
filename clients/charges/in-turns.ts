/** So many at the same time: most of a charge is waiting for a bank. */
const AT_ONCE = 4;

/** Works through a list, a few at the same time; nothing new is begun after `stop`. */
export async function inTurns<T>(
  items: readonly T[],
  stop: () => boolean,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) {
      if (stop()) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
