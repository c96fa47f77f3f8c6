/** What goes between the local cloud and the runtime inside a worker. Events and answers travel as JSON, as in Lambda. */
export interface RuntimeSettings {
  /** file: URL of the bundle. */
  module: string;
  exportName: string;
  functionName: string;
  functionArn: string;
  memoryMb: number;
  logGroup: string;
  /** Whole seconds by which the function's clock is ahead, in shared memory. */
  clockAhead: Int32Array | undefined;
}

export interface Invocation {
  requestId: string;
  event: string;
  /** Milliseconds since 1970. */
  deadline: number;
  traceId: string;
}

export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'returned'; payload: string }
  | { kind: 'failed'; errorType: string; errorMessage: string; trace: string };
