import { ask, post, Refusal } from './call.ts';
import { sayFault, sayProgress } from './page.ts';

export interface ButtonSettings {
  readonly refresh: () => Promise<void>;
  /** Runs it with nothing renewed meanwhile. */
  readonly pausedDuring: (run: () => Promise<void>) => Promise<void>;
}

/** How often the clock is looked at while time passes. Milliseconds. */
const LOOK_EVERY = 300;

/** A year may take seconds: meanwhile it is said how far it has come. @returns stops it */
function watchClock(doing: string): () => void {
  const look = async (): Promise<void> => {
    const time = await ask('/_sim/clock', 'iso').catch(() => '');
    if (watching && time !== '') sayProgress(`${doing}: ${time.slice(0, 10)}…`);
  };
  let watching = true;
  const timer = setInterval(() => void look(), LOOK_EVERY);
  return () => {
    watching = false;
    clearInterval(timer);
  };
}

/** Every button that calls the simulator waits while one of them does: what they would do depends on what comes of it. */
function setBusy(busy: boolean): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-path]')) {
    // Not `disabled`, which would take the keyboard's focus away.
    button.ariaDisabled = busy ? 'true' : null;
  }
}

async function run({ path = '', body = '{}', doing = '' }: DOMStringMap): Promise<void> {
  sayFault('');
  sayProgress(`${doing}…`);
  const stop = path === '/_sim/clock' ? watchClock(doing) : () => {};
  try {
    await post(path, body);
  } catch (error) {
    sayFault(error instanceof Refusal ? error.message : String(error));
  } finally {
    stop();
  }
}

/** One at a time: a second click, on whatever button, is not heard. */
export function createButtons({ refresh, pausedDuring }: ButtonSettings): void {
  let busy = false;
  async function press(button: HTMLElement): Promise<void> {
    if (busy) return;
    busy = true;
    setBusy(true);
    await pausedDuring(() => run(button.dataset));
    await refresh();
    setBusy(false);
    sayProgress('');
    busy = false;
  }

  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-path]') : null;
    if (button !== null) void press(button);
  });
}
