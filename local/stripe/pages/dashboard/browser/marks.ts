/** What a mark or a phase of a time line means, for whoever points at it or goes to it by the keyboard. */
function explain(target: EventTarget | null): void {
  const shape = target instanceof Element ? target.closest('.time-line .mark, .time-line g') : null;
  const words = shape?.querySelector('title')?.textContent ?? '';
  const readout = shape?.closest('[data-life]')?.querySelector('[data-own]');
  if (words !== '' && readout) readout.textContent = words;
}

export function explainMarks(): void {
  document.addEventListener('pointerover', ({ target }) => explain(target));
  document.addEventListener('focusin', ({ target }) => explain(target));
}

/** A long life is wider than the page: its latest part is what one looks for. */
export function showLatest(): void {
  for (const line of document.querySelectorAll('.scroll')) line.scrollLeft = line.scrollWidth;
}
