/** A function as its template declares it. */
export interface FunctionDefinition {
  name: string;
  arn: string;
  roleArn: string;
  /** `nodejs24.x`; anything but Node cannot be run here. */
  runtime: string;
  /** The bundle's file, and the name of the handler that it exports. */
  module: string;
  exportName: string;
  timeoutSeconds: number;
  memoryMb: number;
  logGroup: string;
  /** All that the worker's process.env will hold. */
  environment: Record<string, string>;
}

/** What became of an invocation. `payload` is the answer as JSON; the error's fields are Lambda's own. */
export type Outcome =
  { kind: 'returned'; payload: string } | { kind: 'failed'; errorType: string; errorMessage: string };
