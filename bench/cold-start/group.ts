import type { Build } from '../../lib/bundle/bundle.ts';
import { needs } from '../../lib/functions/needs.ts';
import type { Figure, Group } from '../figure.ts';
import { coldStarts, type ColdStart, type Cost } from './cold-starts.ts';

/** Of an empty handler's whole process. Bundled as esbuild does by itself, those with Stripe's client take 2.9. */
const AT_MOST = { withoutStripe: 2.1, withStripe: 2.3 };

export async function cold({ functions }: Build): Promise<Group> {
  const rows = await coldStarts({ functions });
  return { name: 'cold', about: ABOUT, figures: [...rows.map(start), ...rows.map(firstEvent)] };
}

const ABOUT = `The processor's time of whole processes of Node ${process.versions.node}: one that imports a function's bundle and ends, as Lambda's init does, and one that goes on and answers a first event, with AWS and Stripe answering at once from this machine; against a process with an empty handler, its own start included. Medians of 25, taking turns.`;

function start({ name, start, floor, loaded }: ColdStart): Figure {
  const atMost = needs[name].secret === true ? AT_MOST.withStripe : AT_MOST.withoutStripe;
  const seen = `${kilobytes(loaded.atStart)} of ${kilobytes(loaded.all)} KB, ${seenOf(start, floor)}`;
  return { name: `${name}: start`, ...ratio(start, floor), target: { of: 'ratio', atMost }, seen };
}

const firstEvent = ({ name, firstEvent, floor }: ColdStart): Figure => ({
  name: `${name}: start and first event`,
  ...ratio(firstEvent, floor),
  seen: seenOf(firstEvent, floor),
});

const ratio = ({ cpu }: Cost, floor: Cost) => ({ value: cpu, unit: 'ms', floor: floor.cpu });
const seenOf = ({ mb, elapsed }: Cost, floor: Cost) =>
  `${mb.toFixed(0)} MB, ${elapsed.toFixed(0)} of ${floor.elapsed.toFixed(0)} ms elapsed`;
const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(0);
