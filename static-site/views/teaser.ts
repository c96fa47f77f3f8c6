/** What those without access are missing, in a sentence. */
import * as words from '#words/members';
import { el } from '../dom.ts';

export function teaserSection(hasSubscription: boolean): HTMLElement {
  const way = hasSubscription ? words.opensAgain : words.opensWithPlan;
  return el(
    'section',
    { class: 'teaser', 'aria-labelledby': 'members' },
    el('h2', { id: 'members' }, words.teaserTitle),
    el('p', {}, `${words.teaser} ${way}`),
  );
}
