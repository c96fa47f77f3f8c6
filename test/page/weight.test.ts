import { describe, expect, it } from '@jest/globals';
import { gzipped, shippedFiles } from './site.ts';

describe('the weight of the page, compressed', () => {
  const firstVisit = ['/', '/style.css', '/main.js'];

  it('is at most 15 KB on a first visit; with sign-in and invoices 23 KB, and payments are 1.5 KB more', async () => {
    const files = await shippedFiles();
    files.delete('/icon.svg');
    const weigh = (paths: Iterable<string>): number =>
      [...paths].reduce((sum, path) => sum + gzipped(files.get(path)?.bytes ?? new Uint8Array()), 0);
    expect(weigh(firstVisit)).toBeLessThan(15 * 1024);
    expect(weigh(['/pay.js'])).toBeLessThan(1.5 * 1024);
    files.delete('/pay.js');
    expect(weigh(files.keys())).toBeLessThan(23 * 1024);
  });

  it('comes at once: no script waits for another before it can run', async () => {
    const files = await shippedFiles();
    const text = (path: string): string => Buffer.from(files.get(path)?.bytes ?? '').toString();
    expect(text('/main.js')).not.toMatch(/from"|import"/);
    for (const later of ['/invoices.js', '/pay.js']) expect(text(later)).not.toMatch(/from"|import"/);
  });
});
