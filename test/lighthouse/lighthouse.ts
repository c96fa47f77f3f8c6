import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** One run's scores, of 100, by category; and in words what cost points. */
export interface Audited {
  readonly scores: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

const audit = fileURLToPath(new URL('audit.ts', import.meta.url));

/** Runs Lighthouse against `url` as often as asked; all categories in the first run, and speed alone in the others. */
export async function runLighthouse(url: string, runs: number): Promise<Audited[]> {
  const node = ['--import', 'tsx', audit, url, String(runs)];
  const { stdout } = await promisify(execFile)(process.execPath, node, { maxBuffer: 64 * 2 ** 20 });
  return JSON.parse(stdout) as Audited[]; // written by audit.ts, whose type this is
}
