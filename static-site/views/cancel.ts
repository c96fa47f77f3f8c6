/** Back from Checkout without having paid. */
import * as words from '#words/checkout';
import { backToPlans } from '#words/page';
import { el, linkButton } from '../kit.ts';
import type { Page } from '../page.ts';

export async function cancel(page: Page): Promise<void> {
  const text = el('p', {}, words.nothingCharged);
  const heading = el('h1', {}, words.cancelled);
  const back = el('div', { class: 'actions' }, linkButton(backToPlans, '/'));
  page.show({ title: words.cancelledTitle, parts: [el('section', { class: 'notice' }, heading, text, back)] });
}
