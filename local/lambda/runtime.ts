// Runs inside a worker thread: Lambda's Node runtime, as far as a handler can see it. It is bundled and loaded by
// instance.ts, never imported.
import { parentPort, workerData } from 'node:worker_threads';
import type { FromWorker, Invocation, RuntimeSettings } from './messages.ts';
import { shiftDate } from './time.ts';

const settings: RuntimeSettings = workerData;
/** Deadlines are Lambda's own, and stay in the machine's time. */
const MachineDate = Date;

function post(message: FromWorker): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread, not a window
  parentPort?.postMessage(message);
}

function failure(error: unknown): FromWorker {
  const known = error instanceof Error ? error : new Error(String(error));
  return { kind: 'failed', errorType: known.name, errorMessage: known.message, trace: known.stack ?? '' };
}

function context(invocation: Invocation): object {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: settings.functionArn,
    memoryLimitInMB: String(settings.memoryMb),
    awsRequestId: invocation.requestId,
    logGroupName: settings.logGroup,
    logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'],
    getRemainingTimeInMillis: () => Math.max(0, invocation.deadline - MachineDate.now()),
  };
}

async function start(): Promise<void> {
  if (settings.clockAhead !== undefined) shiftDate(settings.clockAhead);
  const loaded: Record<string, unknown> = await import(settings.module);
  const handler = loaded[settings.exportName];
  if (typeof handler !== 'function') {
    throw new TypeError(`${settings.exportName} is not a function exported by ${settings.module}`);
  }
  parentPort?.on('message', (invocation: Invocation) => {
    process.env['_X_AMZN_TRACE_ID'] = invocation.traceId;
    Promise.resolve()
      .then(() => handler(JSON.parse(invocation.event), context(invocation)))
      .then((answer: unknown) => post({ kind: 'returned', payload: JSON.stringify(answer) ?? 'null' }))
      .catch((error: unknown) => post(failure(error)));
  });
  post({ kind: 'ready' });
}

start().catch((error: unknown) => post(failure(error)));
