/**
 * What Lighthouse makes of a page, as JSON on stdout: `node --import tsx audit.ts <url> <runs>`. A process of its own:
 * Lighthouse and its thousand modules stay out of the tests' own.
 */
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { findBrowser } from '../browser.ts';
import type { Audited } from './lighthouse.ts';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

const [url = '', runs = '1'] = process.argv.slice(2);

async function audit(port: number, onlyCategories: string[]): Promise<Audited> {
  const result = await lighthouse(url, { port, logLevel: 'error', onlyCategories });
  if (!result || result.lhr.runtimeError)
    throw new Error(result?.lhr.runtimeError?.message ?? 'Lighthouse said nothing.');
  const { categories, audits } = result.lhr;
  const scores = Object.entries(categories).map(([name, { score }]) => [name, Math.round((score ?? 0) * 100)] as const);
  const faults = Object.values(audits).flatMap(({ id, score, title, displayValue = '' }) =>
    score !== null && score < 0.9 ? [`${id}: ${title} ${displayValue}`.trim()] : [],
  );
  return { scores: Object.fromEntries(scores), faults };
}

const { executablePath, args, env } = await findBrowser();
const chromeFlags = ['--headless', ...args];
const browser = await launch({ chromePath: executablePath, chromeFlags, envVars: env, logLevel: 'error' });
const all: Audited[] = [];
try {
  // Only speed differs from run to run.
  for (let run = 0; run < Number(runs); run += 1)
    all.push(await audit(browser.port, run === 0 ? CATEGORIES : ['performance']));
} finally {
  browser.kill();
}
process.stdout.write(JSON.stringify(all));
