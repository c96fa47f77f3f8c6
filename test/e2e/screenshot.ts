import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** `npm run screenshots` has them where the README shows them; otherwise they are for whoever looks into a failure. */
const folder = process.env['SCREENSHOTS'] ?? 'test/output/screenshots';

export async function screenshot(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
