/** A small element builder. Data only ever becomes text or an attribute's value, never markup. */

type Child = Node | string | null | undefined;
type Attributes = Readonly<Record<string, string | undefined>>;

/** `el('p', { class: 'note' }, 'words')`. Attributes that are undefined and children that are null are left out. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A sentence in which `backticks` set off what is to be typed. */
export const sentence = (words: string): Node[] =>
  words.split('`').map((part, at) => (at % 2 === 1 ? el('code', {}, part) : document.createTextNode(part)));

/** The element that index.html must have. */
export function required(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no #${id}`);
  return found;
}

/** A link that looks like a button. */
export const linkButton = (text: string, href: string, look = 'button'): HTMLAnchorElement =>
  el('a', { class: look, href }, text);

/** Moves keyboard and screen reader to an element that cannot usually be focused, such as a heading. */
export function focusOn(element: HTMLElement | null, options: FocusOptions = {}): void {
  element?.setAttribute('tabindex', '-1');
  element?.focus(options);
}
