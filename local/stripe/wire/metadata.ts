import { invalidRequest } from './errors.ts';
import type { FormValue } from './form.ts';
import { entries, type Param, scalar, unsettable } from './params.ts';

/** Free keys and string values; an empty value unsets its key (null), an empty map unsets all of them. */
export type MetadataChange = Readonly<Record<string, string | null>>;

export const metadata: Param<MetadataChange | null> = unsettable({
  read: (raw, path) => {
    const form = entries(raw, path);
    if (form.size > 50) throw invalidRequest('You can only set up to 50 metadata keys.', path);
    return Object.fromEntries([...form].map(([key, value]) => [key, metadataValue(key, value, `${path}[${key}]`)]));
  },
});

function metadataValue(key: string, raw: FormValue, path: string): string | null {
  const value = scalar(raw, path);
  if (key.length > 40) throw invalidRequest('Metadata keys can be up to 40 characters long.', path);
  if (value.length > 500) throw invalidRequest('Metadata values can be up to 500 characters long.', path);
  return value === '' ? null : value;
}

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
