/** What only subscribers get to read. */
import * as words from '#words/members';
import type { Members } from '../contract.ts';
import { el } from '../dom.ts';
import { signedIn, type Page } from '../page.ts';
import { fillingSection } from './filling.ts';

/** For subscribers. */
export const membersSection = (page: Page): HTMLElement =>
  fillingSection({
    look: 'members',
    label: words.forMembers,
    wait: words.fetching,
    failed: words.failed,
    lines: 6,
    parts: async () => {
      const members = await signedIn(page, null, () => page.api.members());
      return members && articles(members);
    },
  });

const articles = ({ title, articles }: Members): HTMLElement[] => [
  el('h2', {}, title),
  ...articles.map((article) =>
    el('article', {}, el('h3', {}, article.title), ...paragraphs(article.body).map((text) => el('p', {}, text))),
  ),
];

const paragraphs = (body: string): string[] => body.split(/\n{2,}/);

/** For everybody else: what they are missing, in a sentence. */
export function teaserSection(hasSubscription: boolean): HTMLElement {
  const way = hasSubscription ? words.opensAgain : words.opensWithPlan;
  return el(
    'section',
    { class: 'teaser', 'aria-labelledby': 'members' },
    el('h2', { id: 'members' }, words.teaserTitle),
    el('p', {}, `${words.teaser} ${way}`),
  );
}
