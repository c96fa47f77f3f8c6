/** What belongs to whoever looks, and not to the server: whether something is unfolded. */
const OWN_ATTRIBUTES = new Set(['open']);

function syncAttributes(old: Element, fresh: Element): void {
  for (const { name } of Array.from(old.attributes)) {
    if (!fresh.hasAttribute(name) && !OWN_ATTRIBUTES.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
}

const idOf = (node: Node): string => (node instanceof Element ? node.id : '');

/** The node that goes on as this one: the one of the same id, else the one at its place, if it is of its kind. */
function counterpart(fresh: Node, at: ChildNode | null, byId: ReadonlyMap<string, Element>): ChildNode | undefined {
  const id = idOf(fresh);
  if (id !== '') return byId.get(id);
  return at !== null && at.nodeName === fresh.nodeName && idOf(at) === '' ? at : undefined;
}

function update(old: ChildNode, fresh: Node): void {
  if (old instanceof Element && fresh instanceof Element) morph(old, fresh);
  else if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
}

/**
 * Makes one element say what another says, touching only what differs: focus, scrolling, and what is unfolded stay.
 * What stands in `data-own` is left alone. Parts that may come and go need ids, so that each is known again.
 */
export function morph(old: Element, fresh: Element): void {
  syncAttributes(old, fresh);
  if (old.hasAttribute('data-own')) return;
  const byId = new Map([...old.children].filter(({ id }) => id !== '').map((child) => [child.id, child]));
  let at: ChildNode | null = old.firstChild;
  for (const node of Array.from(fresh.childNodes)) {
    const same = counterpart(node, at, byId);
    if (same === undefined) {
      old.insertBefore(node, at);
      continue;
    }
    if (same === at) at = at.nextSibling;
    else old.insertBefore(same, at);
    update(same, node);
  }
  while (at !== null) {
    const next: ChildNode | null = at.nextSibling;
    at.remove();
    at = next;
  }
}
