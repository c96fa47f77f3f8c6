import { isFromFrame, type FrameState, type ToFrame } from './messages.ts';

export interface Frame {
  readonly mount: (place: string | HTMLElement) => void;
  readonly unmount: () => void;
  readonly tell: (message: ToFrame) => void;
}

export interface FrameSettings {
  readonly src: string;
  readonly title: string;
  readonly onState: (state: FrameState) => void;
}

function placeNamed(place: string | HTMLElement): Element {
  const found = typeof place === 'string' ? document.querySelector(place) : place;
  if (found === null)
    throw new Error(`The selector you specified (${JSON.stringify(place)}) applies to no DOM elements.`);
  return found;
}

function iframe({ src, title }: FrameSettings): HTMLIFrameElement {
  const made = document.createElement('iframe');
  Object.assign(made, { src, title, allow: 'payment *' });
  // As tall as a card's fields are, until the frame says how tall it is.
  Object.assign(made.style, {
    border: '0',
    width: '100%',
    height: '25rem',
    display: 'block',
    colorScheme: 'light dark',
  });
  return made;
}

/** A page of the simulator in a frame of the shop's: as tall as what is in it. Hears nobody else. */
export function createFrame(settings: FrameSettings): Frame {
  const { origin } = new URL(settings.src);
  const frame = iframe(settings);
  const hear = (event: MessageEvent<unknown>): void => {
    if (event.source !== frame.contentWindow || event.origin !== origin || !isFromFrame(event.data)) return;
    if (event.data.type === 'height') frame.style.height = `${event.data.height}px`;
    else settings.onState(event.data);
  };
  return {
    mount: (place) => {
      window.addEventListener('message', hear);
      placeNamed(place).replaceChildren(frame);
    },
    unmount: () => {
      window.removeEventListener('message', hear);
      frame.remove();
    },
    tell: (message) => frame.contentWindow?.postMessage(message, origin),
  };
}
