/** The page's own lines, which are there from the start and stay. */
function line(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found;
}

/** What is under way; empty for nothing. */
export function sayProgress(words: string): void {
  line('progress').textContent = words;
}

/** What went wrong; empty for nothing. */
export function sayFault(words: string): void {
  const fault = line('fault');
  fault.textContent = words;
  fault.hidden = words === '';
}

export const live = (): HTMLElement => line('live');
