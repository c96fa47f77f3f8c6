/** What only subscribers get to read. */
import * as words from '#words/members';
import type { Members } from '../contract.ts';
import { el, signedIn } from '../kit.ts';
import type { Page } from '../page.ts';
import { fillingSection } from './filling.ts';

export const membersSection = (page: Page): HTMLElement =>
  fillingSection({
    look: 'members',
    label: words.forMembers,
    wait: words.fetching,
    failed: words.failed,
    lines: 6,
    parts: async () => {
      const members = await signedIn(page, null, () => page.api.members());
      return members && [...articles(members), ...files(page, members)];
    },
  });

const articles = ({ title, articles, ...content }: Members): HTMLElement[] => [
  el('h2', written(content), title),
  ...articles.map((article) =>
    el(
      'article',
      written(content),
      el('h3', {}, article.title),
      ...paragraphs(article.body).map((text) => el('p', {}, text)),
    ),
  ),
];

/** Files are given to whoever has fresh cookies; after this long, in milliseconds, others are fetched before a link is followed. */
const FRESH_FOR = 5 * 60_000;

/** Content need not be written in the page's language. */
const written = ({ language }: Pick<Members, 'language'>) => ({ lang: language ?? undefined });

function files(page: Page, { files, ...content }: Members): HTMLElement[] {
  const fetched = Date.now();
  const items = files.map(({ title, about, path }) => {
    const link = el('a', { href: path }, title);
    link.addEventListener('click', (click) => {
      if (isPlain(click) && Date.now() - fetched > FRESH_FOR) {
        click.preventDefault();
        void openAnew(page, path);
      }
    });
    return el('li', written(content), link, el('p', {}, about));
  });
  return items.length === 0
    ? []
    : [el('section', { class: 'files' }, el('h3', {}, words.files), el('ul', {}, ...items))];
}

/** Whoever asks for a new tab or window gets one, from the browser. */
const isPlain = ({ button, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean =>
  button === 0 && !ctrlKey && !metaKey && !shiftKey;

/** Who is refused the cookies is told why on the front page, and not by CloudFront. */
async function openAnew(page: Page, path: string): Promise<void> {
  try {
    if (await signedIn(page, null, () => page.api.members())) page.leaveFor(path);
  } catch {
    page.leaveFor('/');
  }
}

const paragraphs = (body: string): string[] => body.split(/\n{2,}/);
