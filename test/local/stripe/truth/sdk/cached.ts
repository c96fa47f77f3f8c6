import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Truth } from './derive.ts';
import { SDK_FOLDER } from './folder.ts';

const CACHE = join(SDK_FOLDER, '../../.cache/stripe-truth');

/** Changes with the SDK and with the code here that reads it. */
function fingerprint(): string {
  const hash = createHash('sha256').update(readFileSync(join(SDK_FOLDER, '../package.json')));
  const here = import.meta.dirname;
  for (const file of readdirSync(here).toSorted()) hash.update(readFileSync(join(here, file)));
  return hash.digest('hex').slice(0, 16);
}

function read(file: string): Truth | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Truth;
  } catch {
    return null;
  }
}

/** The schemas of the pinned SDK: derived once, in about three seconds, then read from `node_modules/.cache`. */
export async function loadTruth(): Promise<Truth> {
  const file = join(CACHE, `${fingerprint()}.json`);
  const known = read(file);
  if (known !== null) return known;
  // Only then is the compiler loaded, which takes longer than all the rest.
  const { deriveTruth } = await import('./derive.ts');
  const truth = deriveTruth();
  mkdirSync(CACHE, { recursive: true });
  // Several test files may derive it at the same time: each writes a file of its own, the last one stays.
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(truth));
  renameSync(mine, file);
  return truth;
}
