import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Local } from '../../bin/local/start.ts';
import { browserOrSkip } from '../browser.ts';
import { runLighthouse } from '../lighthouse/lighthouse.ts';
import { PATIENCE, startForTest } from './local-cloud.ts';

/** Only whether there is one: Lighthouse starts its own. */
const browser = await browserOrSkip();
await browser?.close();

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

(browser ? describe : describe.skip)('Lighthouse, on a phone, of what npm start shows a newcomer', () => {
  let local: Local;
  beforeAll(async () => {
    local = await startForTest();
  }, PATIENCE);
  afterAll(() => local?.stop());

  it(
    'gives 100 for accessibility, best practices and SEO, and at least 98 for performance',
    async () => {
      const runs = await runLighthouse(`${local.endpoints.site}/`, 3);
      const scores = Object.entries(runs[0]?.scores ?? {}).filter(([category]) => category !== 'performance');
      const speeds = runs.map((run) => run.scores['performance'] ?? 0);
      const good = scores.length === 3 && scores.every(([, score]) => score === 100) && median(speeds) >= 98;
      expect(good ? 'as promised' : { scores, speeds, faults: runs.map(({ faults }) => faults) }).toBe('as promised');
    },
    PATIENCE,
  );
});
