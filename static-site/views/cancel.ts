/** Back from Checkout without having paid. */
import { el, linkButton } from '../dom.ts';
import type { Page } from '../page.ts';

export function cancel(page: Page): void {
  const words = el('p', {}, 'Nothing was charged. The plans are still here when you want them.');
  const heading = el('h1', {}, 'You have cancelled the checkout.');
  const back = el('div', { class: 'actions' }, linkButton('Back to plans', '/'));
  page.show({ title: 'Checkout cancelled', parts: [el('section', { class: 'notice' }, heading, words, back)] });
}
