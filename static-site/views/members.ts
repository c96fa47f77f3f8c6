/** What only subscribers get to read. */
import type { Members } from '../contract.ts';
import { el } from '../dom.ts';
import { signedIn, type Page } from '../page.ts';
import { fillingSection } from './filling.ts';

/** For subscribers. */
export const membersSection = (page: Page): HTMLElement =>
  fillingSection({
    look: 'members',
    label: 'For members',
    wait: 'Fetching your articles…',
    failed: 'Your articles could not be fetched',
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
  const way = hasSubscription
    ? 'They open again once your subscription is active.'
    : 'Choose a plan and they open at once.';
  return el(
    'section',
    { class: 'teaser', 'aria-labelledby': 'members' },
    el('h2', { id: 'members' }, 'Behind the door'),
    el('p', {}, `Members read every article here. ${way}`),
  );
}
