async function payloadAt(path: string): Promise<Node | null> {
  const response = await fetch(path);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return page.querySelector('.payload');
}

async function fill({ dataset }: HTMLElement, place: Element): Promise<void> {
  const payload = await payloadAt(dataset['payload'] ?? '');
  if (payload !== null) place.replaceChildren(payload);
}

function onToggle({ target }: Event): void {
  if (!(target instanceof HTMLDetailsElement) || !target.open || target.dataset['payload'] === undefined) return;
  const place = target.querySelector('[data-own]');
  if (place !== null && place.querySelector('.payload') === null) void fill(target, place).catch(() => {});
}

/** An event's payload is fetched when it is unfolded; until then, and if that fails, a link to it stands there. */
export function fillPayloads(): void {
  // `toggle` does not bubble.
  document.addEventListener('toggle', onToggle, { capture: true });
}
