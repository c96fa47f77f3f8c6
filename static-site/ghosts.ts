/** The shape of what is being fetched, standing in its place until it is there, so that nothing jumps when it comes. */
import { el } from './dom.ts';

export const ghost = (look = ''): HTMLElement => el('span', { class: `ghost ${look}`, 'aria-hidden': 'true' });

/** A wait in words, for those who do not see the shapes. */
export const unseen = (wait: string, tag: 'h1' | 'p'): HTMLElement =>
  el('div', { class: 'visually-hidden', role: 'status' }, el(tag, {}, wait));
