/** Inside a frame: tells the shop's page how things are, and does what it is told. */
import { isToFrame, type Dress, type FromFrame } from './messages.ts';

const { shop = '', state = '', back = '', refusal = '', code = '' } = document.getElementById('told')?.dataset ?? {};

const tell = (message: FromFrame): void => parent.postMessage(message, shop);

/** Variables of the appearance API, and what they are called in the simulator's style. */
const NAMES = new Map([
  ['colorPrimary', ['--key']],
  ['colorBackground', ['--card', '--back']],
  ['colorText', ['--front']],
  ['colorTextSecondary', ['--note']],
  ['colorDanger', ['--bad']],
]);

function dress({ variables }: Dress): void {
  const { style } = document.documentElement;
  for (const [name, value] of Object.entries(variables))
    for (const property of NAMES.get(name) ?? []) style.setProperty(property, value);
}

window.addEventListener('message', ({ origin, data }: MessageEvent<unknown>) => {
  if (origin !== shop || !isToFrame(data)) return;
  if (data.type === 'appearance') dress(data);
  else document.querySelector('form')?.requestSubmit();
});
new ResizeObserver(() => tell({ type: 'height', height: document.body.offsetHeight })).observe(document.body);
tell({ type: 'state', state, back, refusal, code });
