import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalCloud } from '../../local/cloud.ts';
import { isSnapshot } from '../../local/stripe/core/snapshot.ts';

type Stored = Awaited<ReturnType<LocalCloud['dump']>>;

/** What outlives a restart: the simulator's side and ours, of one moment. Either alone would be a lie about the other. */
export interface Kept {
  readonly stripe: string;
  readonly cloud: Stored;
  /** The API's address at that moment. */
  readonly api: string;
}

const fileIn = (folder: string): string => join(folder, 'state.json');

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function isStored(value: unknown): value is Stored {
  return isFields(value) && isFields(value['tables']) && isFields(value['secrets']);
}

function parse(text: string): Kept | undefined {
  try {
    const { stripe, cloud, api }: { stripe: unknown; cloud: unknown; api: unknown } = JSON.parse(text);
    const whole = typeof stripe === 'string' && isSnapshot(stripe) && isStored(cloud) && typeof api === 'string';
    return whole ? { stripe, cloud, api } : undefined;
  } catch {
    return undefined;
  }
}

/** What the last run kept; undefined when it kept nothing. What cannot be read, or is of another version, is put aside. */
export async function readKept(folder: string, log: (line: string) => void): Promise<Kept | undefined> {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const kept = parse(text);
  if (kept !== undefined) return kept;
  await rename(fileIn(folder), `${fileIn(folder)}.old`);
  log('What the last run kept is of another version: starting empty. It is in state.json.old now.');
  return undefined;
}

export const forgetKept = (folder: string): Promise<void> => rm(fileIn(folder), { force: true });

/** Only for its owner: it holds the keys of this machine's simulator. Written beside, then put in place, so that it is always whole. */
async function write(folder: string, text: string): Promise<void> {
  const beside = `${fileIn(folder)}.new`;
  await mkdir(folder, { recursive: true });
  await writeFile(beside, text, { mode: 0o600 });
  await chmod(beside, 0o600);
  await rename(beside, fileIn(folder));
}

interface Sources {
  /** The simulator's snapshot. */
  readonly stripe: () => string;
  readonly cloud: LocalCloud;
}

/** Both sides at one moment: nothing has happened at Stripe while the tables were read. */
async function take({ stripe, cloud }: Sources): Promise<Kept> {
  for (let tries = 1; ; tries += 1) {
    const kept: Kept = { stripe: stripe(), cloud: await cloud.dump(), api: cloud.endpoints.api };
    if (tries === TRIES || stripe() === kept.stripe) return kept;
  }
}

/** After a change, this long, so that what belongs together is written together. Milliseconds. */
const WAIT = 1_000;
const TRIES = 5;

/** Writes what is to be kept, soon after each change and when it is stopped. Until it begins, changes are nothing to it. */
export function createKeeper(folder: string, log: (line: string) => void) {
  let sources: Sources | undefined;
  let written = '';
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let last: Promise<void> = Promise.resolve();

  async function save(): Promise<void> {
    const text = sources && JSON.stringify(await take(sources));
    if (text === undefined || text === written) return;
    await write(folder, text);
    written = text;
  }

  function saveNext(): Promise<void> {
    timer = undefined;
    last = last.then(save).catch((error: unknown) => log(`[keep] not written: ${String(error)}`));
    return last;
  }

  return {
    begin: (from: Sources): void => {
      sources = from;
    },
    changed: (): void => {
      if (!stopped) timer ??= setTimeout(() => void saveNext(), WAIT).unref();
    },
    /** What changes while the parts are stopped is not kept: they cannot be asked any more. */
    stop: (): Promise<void> => {
      stopped = true;
      clearTimeout(timer);
      return saveNext();
    },
  };
}
