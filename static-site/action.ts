/** A button that does something on a server: busy while it runs, deaf to a second click, and it says what went wrong. */
import { el } from './dom.ts';
import { asFault, wordsFor } from './faults.ts';

export interface Action {
  readonly label: string;
  /** What the button says while it runs, e.g. "Opening Checkout…". */
  readonly busy: string;
  readonly look?: string;
  /** The id of what the label alone does not say. */
  readonly describedBy?: string | undefined;
  /** Resolves to whether the page is being left: then the button stays busy. */
  readonly run: () => Promise<'leaving' | 'done'>;
}

/** The button, with room for a fault beneath it. */
export function actionButton(action: Action): HTMLElement {
  const attributes = { type: 'button', class: action.look ?? 'button', 'aria-describedby': action.describedBy };
  const button = el('button', attributes, action.label);
  const message = el('p', { class: 'action-fault', role: 'alert' });
  button.addEventListener('click', () => {
    if (button.ariaBusy !== 'true') void press(button, message, action);
  });
  return el('div', { class: 'action' }, button, message);
}

async function press(button: HTMLButtonElement, message: HTMLElement, action: Action): Promise<void> {
  setBusy(button, action.busy);
  message.textContent = '';
  try {
    if ((await action.run()) === 'done') setReady(button, action.label);
  } catch (thrown) {
    const { title, text } = wordsFor(asFault(thrown));
    message.textContent = `${title}. ${text}`;
    setReady(button, action.label);
  }
}

/** aria-disabled instead of disabled: a disabled button would lose the keyboard's focus. */
function setBusy(button: HTMLButtonElement, words: string): void {
  button.ariaBusy = 'true';
  button.ariaDisabled = 'true';
  button.textContent = words;
}

function setReady(button: HTMLButtonElement, words: string): void {
  button.ariaBusy = 'false';
  button.ariaDisabled = 'false';
  button.textContent = words;
}
