/** What only subscribers get to read. */
import type { Members } from '../contract.ts';
import { el } from '../dom.ts';
import { asFault, wordsFor } from '../faults.ts';
import { signedIn, waiting, type Page } from '../page.ts';
import { actionButton } from '../action.ts';

/** For subscribers: a section that fills itself, and says so when it cannot. */
export function membersSection(page: Page): HTMLElement {
  const section = el('section', { class: 'members', 'aria-label': 'For members' }, waiting('Fetching your articles…'));
  void fill(page, section);
  return section;
}

async function fill(page: Page, section: HTMLElement): Promise<void> {
  try {
    const members = await signedIn(page, null, () => page.api.members());
    if (members) section.replaceChildren(...articles(members));
  } catch (thrown) {
    section.replaceChildren(...failed(page, section, thrown));
  }
}

const articles = ({ title, articles }: Members): HTMLElement[] => [
  el('h2', {}, title),
  ...articles.map((article) =>
    el('article', {}, el('h3', {}, article.title), ...paragraphs(article.body).map((text) => el('p', {}, text))),
  ),
];

const paragraphs = (body: string): string[] => body.split(/\n{2,}/);

function failed(page: Page, section: HTMLElement, thrown: unknown): HTMLElement[] {
  const { title, text } = wordsFor(asFault(thrown));
  const again = actionButton({
    label: 'Try again',
    busy: 'Trying again…',
    look: 'button quiet',
    run: async () => {
      await fill(page, section);
      return 'done';
    },
  });
  return [el('h2', {}, 'Your articles could not be fetched'), el('p', { role: 'alert' }, `${title}. ${text}`), again];
}

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
