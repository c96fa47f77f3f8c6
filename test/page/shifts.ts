/** How far things jumped while a page came: the browser's own measure (https://web.dev/articles/cls), from the first paint on. */
import type { Page } from 'playwright-core';

/** Runs in each document before its scripts do. */
export const watchShifts = `
  window.shifted = 0;
  window.shiftsSeen = new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => { shifted += value; }));
  shiftsSeen.observe({ type: 'layout-shift', buffered: true });
`;

/** Resolves when what is there now has been painted. */
export const painted = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** The sum of all shifts: 0 when nothing moved, 0.1 is what people begin to mind. */
export async function shiftsOf(page: Page): Promise<number> {
  await page.evaluate(painted);
  return page.evaluate<number>('shiftsSeen.takeRecords().reduce((sum, { value }) => sum + value, shifted)');
}
