import { ask } from './call.ts';
import { morph } from './morph.ts';
import { live, sayFault } from './page.ts';

/** How often the simulator is asked whether anything has changed. Milliseconds. */
const LOOK_EVERY = 1_500;

async function fetchPage(): Promise<Element | null> {
  const response = await fetch(location.href);
  if (!response.ok) return null;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  return fresh.getElementById('live');
}

/** Keeps what is shown true, as long as somebody looks. */
export function keepFresh() {
  let shown = '';
  let paused = false;
  let lost = false;

  async function refresh(): Promise<void> {
    const version = await ask('/_sim/version', 'version');
    const fresh = await fetchPage();
    if (fresh === null) return;
    morph(live(), fresh);
    shown = version;
  }

  async function look(): Promise<void> {
    if (paused || document.hidden) return;
    const version = await ask('/_sim/version', 'version');
    if (lost) sayFault('');
    lost = false;
    if (version !== shown && !paused) await refresh();
  }

  /** What cannot be asked now is asked again: the page says that it may be old. */
  const onLost = (): void => {
    lost = true;
    sayFault('The simulator does not answer: what stands here may be old. npm start starts it again.');
  };

  setInterval(() => void look().catch(onLost), LOOK_EVERY);
  document.addEventListener('visibilitychange', () => void look().catch(onLost));

  return {
    refresh: () => refresh().catch(onLost),
    pausedDuring: async (run: () => Promise<void>): Promise<void> => {
      paused = true;
      await run();
      paused = false;
    },
  };
}
