import { plain } from './plain.ts';

/**
 * Where a command speaks and listens. Results go to standard output, everything else to standard error; whatever is in them, only
 * text reaches the terminal.
 */
export interface Terminal {
  /** A line of the result. */
  out(line: string): void;
  /** A line about what is being done, or what went wrong. */
  note(line: string): void;
  /** Text that the next one writes over; null where lines cannot be written over (a file, a pipe). */
  readonly rewrite: ((text: string) => void) | null;
  /** How many characters fit into a line. @default - nobody knows: it is no terminal */
  readonly width?: number;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C: end at the next place where it can be gone on from. */
  readonly signal: AbortSignal;
}

/** The terminal of this process. The first Ctrl-C asks the command to end; the second does not wait for it. */
export function processTerminal(): Terminal {
  const interrupted = new AbortController();
  const interrupt = () => {
    if (interrupted.signal.aborted) process.exit(130);
    interrupted.abort();
  };
  // Whoever read it has read enough, as `head` does: the same as Ctrl-C.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    interrupted.abort();
  });
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return {
    out: (line) => void process.stdout.write(`${plain(line)}\n`),
    note: (line) => void process.stderr.write(`${plain(line)}\n`),
    rewrite: process.stderr.isTTY ? (text) => void process.stderr.write(`\r\u001B[K${plain(text)}`) : null,
    ...(process.stdout.isTTY && { width: process.stdout.columns }),
    env: process.env,
    signal: interrupted.signal,
  };
}
