/** A section that fills itself after the first view, and says so when it cannot. */
import * as words from '#words/page';
import { actionButton, asFault, el, ghost, unseen, wordsFor } from '../kit.ts';

export interface Filling {
  readonly look: string;
  /** What a screen reader calls it. */
  readonly label: string;
  /** A wait in words, such as "Fetching your articles…". */
  readonly wait: string;
  /** How many lines will stand there, about. */
  readonly lines: number;
  /** The heading when it cannot be filled. */
  readonly failed: string;
  /** What it is filled with; null when the page is being left. */
  readonly parts: () => Promise<readonly HTMLElement[] | null>;
}

export function fillingSection({ look, label, wait, lines, failed, parts }: Filling): HTMLElement {
  const shapes = [ghost('heading'), ...Array.from({ length: lines }, () => ghost('line'))];
  const section = el('section', { class: look, 'aria-label': label }, unseen(wait, 'p'), ...shapes);
  const fill = async (): Promise<void> => {
    try {
      const filled = await parts();
      if (filled) section.replaceChildren(...filled);
    } catch (thrown) {
      section.replaceChildren(...instead(failed, thrown, fill));
    }
  };
  void fill();
  return section;
}

function instead(failed: string, thrown: unknown, fill: () => Promise<void>): HTMLElement[] {
  const { title, text } = wordsFor(asFault(thrown));
  const again = actionButton({
    label: words.tryAgain,
    busy: words.tryingAgain,
    look: 'button quiet',
    run: async () => {
      await fill();
      return 'done';
    },
  });
  return [el('h2', {}, failed), el('p', { role: 'alert' }, `${title}. ${text}`), again];
}
