import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import type { FunctionDefinition, Outcome } from './definition.ts';
import type { FromWorker, Invocation, RuntimeSettings } from './messages.ts';

/** One execution environment: a worker thread that takes one event at a time. */
export interface Instance {
  /** Never rejects: a crash, a timeout and a thrown error are outcomes. */
  run(invocation: Omit<Invocation, 'deadline'>): Promise<Outcome>;
  /** False once the worker has ended; it is of no more use then. */
  alive(): boolean;
  stop(): Promise<void>;
}

/** Lambda gives a function ten seconds to load. */
const initMs = 10_000;

/** Starts a worker with nothing of this process's environment, only the function's own. */
export function startInstance(definition: FunctionDefinition, runtime: Runtime, log: (line: string) => void): Instance {
  const worker = startWorker(definition, runtime);
  const limit = definition.timeoutSeconds * 1000;
  let wanted = true;
  // When the cloud stops, the end of a worker in the middle of an event is nobody's news.
  const say = (line: string): void => (wanted ? log(line) : undefined);
  eachLine(worker.stdout, say);
  eachLine(worker.stderr, say);
  const { next, alive, end } = converse(worker, (message) => void outcome(message, say));
  const loaded = within(next(), initMs, failed('Sandbox.Timedout', 'Init phase timed out after 10 seconds'));
  return {
    alive,
    stop: async () => {
      wanted = false;
      await end();
    },
    run: async (invocation) => {
      const start = await loaded;
      if (start.kind !== 'ready') return end().then(() => outcome(start, say));
      const message = next();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread, not a window
      worker.postMessage({ ...invocation, deadline: Date.now() + limit });
      const late = timedOut(invocation.requestId, definition.timeoutSeconds);
      const answer = await within(message, limit, late);
      if (answer === late) await end();
      return outcome(answer, say);
    },
  };
}

function startWorker(definition: FunctionDefinition, { code, clockAhead }: Runtime): Worker {
  return new Worker(code, {
    name: definition.name,
    env: definition.environment,
    execArgv: [],
    stdout: true,
    stderr: true,
    workerData: { ...settings(definition), clockAhead } satisfies RuntimeSettings,
    resourceLimits: { maxOldGenerationSizeMb: definition.memoryMb },
  });
}

interface Conversation {
  /** The worker's next message; its death is one too. */
  next: () => Promise<FromWorker>;
  alive: () => boolean;
  end: () => Promise<void>;
}

function converse(worker: Worker, diedIdle: (message: FromWorker) => void): Conversation {
  let alive = true;
  let listener: ((message: FromWorker) => void) | undefined;
  const tell = (message: FromWorker): void => {
    const told = listener ?? diedIdle;
    listener = undefined;
    told(message);
  };
  const died = (message: FromWorker): void => {
    // An error is followed by the exit that it caused; of an end that was asked for, only who still waits is told.
    if (alive || listener !== undefined) tell(message);
    alive = false;
  };
  worker.on('message', tell);
  worker.on('error', ({ name, message, stack = '' }: Error) =>
    died({ kind: 'failed', errorType: name, errorMessage: message, trace: stack }),
  );
  worker.on('exit', (code) => died(failed('Runtime.ExitError', `Runtime exited with status ${code}`)));
  return {
    next: () => new Promise((resolve) => (listener = resolve)),
    alive: () => alive,
    end: async () => {
      alive = false;
      await worker.terminate();
    },
  };
}

/** What every worker runs: the runtime, and the clock that its functions live by (undefined for the machine's own). */
export interface Runtime {
  readonly code: URL;
  readonly clockAhead: Int32Array | undefined;
}

/** The runtime's source bundled for a worker, which has no TypeScript loader: a data: URL. */
export function compileRuntime(clockAhead: Int32Array | undefined): Runtime {
  const entry = fileURLToPath(new URL('./runtime.ts', import.meta.url));
  const options = { bundle: true, write: false, platform: 'node', format: 'esm', target: 'node20' } as const;
  const [output] = buildSync({ ...options, entryPoints: [entry] }).outputFiles;
  return { code: new URL(`data:text/javascript,${encodeURIComponent(output?.text ?? '')}`), clockAhead };
}

function settings({
  module,
  exportName,
  name,
  arn,
  memoryMb,
  logGroup,
}: FunctionDefinition): Omit<RuntimeSettings, 'clockAhead'> {
  return { module: pathToFileURL(module).href, exportName, functionName: name, functionArn: arn, memoryMb, logGroup };
}

function outcome(message: FromWorker, log: (line: string) => void): Outcome {
  if (message.kind === 'returned') return message;
  if (message.kind === 'ready') return { kind: 'failed', errorType: 'Runtime.Unknown', errorMessage: 'started twice' };
  log(`ERROR ${message.trace === '' ? message.errorMessage : message.trace}`);
  return { kind: 'failed', errorType: message.errorType, errorMessage: message.errorMessage };
}

function failed(errorType: string, errorMessage: string): FromWorker {
  return { kind: 'failed', errorType, errorMessage, trace: '' };
}

function timedOut(requestId: string, seconds: number): FromWorker {
  return failed(
    'Sandbox.Timedout',
    `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
  );
}

async function within<T>(answer: Promise<T>, milliseconds: number, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), milliseconds);
  });
  return Promise.race([answer, limit]).finally(() => clearTimeout(timer));
}

function eachLine(stream: NodeJS.ReadableStream, log: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) log(line);
  });
}
