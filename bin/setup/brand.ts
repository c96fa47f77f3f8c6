import { readFileSync } from 'node:fs';

const BRAND = new URL('../../static-site/brand.json', import.meta.url);

/** The business's name: it is written in the page's brand and nowhere else. */
export function brandName(): string {
  const brand: unknown = JSON.parse(readFileSync(BRAND, 'utf8'));
  const name = typeof brand === 'object' && brand !== null && 'name' in brand ? brand.name : undefined;
  if (typeof name !== 'string') throw new Error('static-site/brand.json has no name, which is that of the business.');
  return name;
}
