import type { MetadataChange } from './params.ts';

/**
 * Stripe's rule: keys that are sent are set, keys sent empty are removed, others stay; metadata sent empty removes all.
 * @param change undefined when not sent, null when sent empty
 */
export function mergeMetadata(
  current: Readonly<Record<string, string>>,
  change: MetadataChange | null | undefined,
): Record<string, string> {
  if (change === null) return {};
  const merged = { ...current, ...change };
  return Object.fromEntries(Object.entries(merged).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
}
