import { readFileSync } from 'node:fs';

const PAGE = new URL('../../static-site/index.html', import.meta.url);

/** The business's name, as the page's title has it: it is written there and nowhere else. */
export function brandName(): string {
  const title = /<title>([^<]+)<\/title>/.exec(readFileSync(PAGE, 'utf8'))?.[1];
  if (title === undefined) throw new Error('static-site/index.html has no title, which is the name of the business.');
  return title.trim();
}
