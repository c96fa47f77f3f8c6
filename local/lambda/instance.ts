import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { transformSync } from 'esbuild';
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
export function startInstance(definition: FunctionDefinition, runtime: URL, log: (line: string) => void): Instance {
  const worker = new Worker(runtime, {
    name: definition.name,
    env: definition.environment,
    execArgv: [],
    stdout: true,
    stderr: true,
    workerData: settings(definition),
    resourceLimits: { maxOldGenerationSizeMb: definition.memoryMb },
  });
  eachLine(worker.stdout, log);
  eachLine(worker.stderr, log);
  let alive = true;
  let settle: ((message: FromWorker) => void) | undefined;
  const next = (): Promise<FromWorker> => new Promise((resolve) => (settle = resolve));
  const stop = async (): Promise<void> => {
    alive = false;
    await worker.terminate();
  };
  worker.on('message', (message: FromWorker) => settle?.(message));
  worker.on('error', (error: Error) => {
    alive = false;
    settle?.({ kind: 'failed', errorType: error.name, errorMessage: error.message, trace: error.stack ?? '' });
  });
  worker.on('exit', (code) => {
    alive = false;
    settle?.(failed('Runtime.ExitError', `Runtime exited with status ${code}`));
  });
  const loaded = within(next(), initMs, failed('Sandbox.Timedout', 'Init phase timed out after 10 seconds'));
  return {
    alive: () => alive,
    stop,
    run: async (invocation) => {
      const start = await loaded;
      if (start.kind !== 'ready') return end(start, stop, log);
      const message = next();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread, not a window
      worker.postMessage({ ...invocation, deadline: Date.now() + definition.timeoutSeconds * 1000 });
      const late = timedOut(invocation.requestId, definition.timeoutSeconds);
      const answer = await within(message, definition.timeoutSeconds * 1000, late);
      return answer === late || !alive ? end(answer, stop, log) : outcome(answer, log);
    },
  };
}

/** The runtime's source compiled for a worker, which has no TypeScript loader: a data: URL. */
export function compileRuntime(): URL {
  const source = readFileSync(new URL('./runtime.ts', import.meta.url), 'utf8');
  const { code } = transformSync(source, { loader: 'ts', format: 'esm', target: 'node20' });
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

function settings({ module, exportName, name, arn, memoryMb, logGroup }: FunctionDefinition): RuntimeSettings {
  return { module: pathToFileURL(module).href, exportName, functionName: name, functionArn: arn, memoryMb, logGroup };
}

/** The worker is of no more use after this message. */
async function end(message: FromWorker, stop: () => Promise<void>, log: (line: string) => void): Promise<Outcome> {
  await stop();
  return outcome(message, log);
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
