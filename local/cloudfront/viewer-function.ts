import { createContext, Script } from 'node:vm';
import type { FunctionEvent } from './function-event.ts';

/** Runs the code of an AWS::CloudFront::Function on an event. @returns what its `handler` returned */
export type ViewerFunction = (event: FunctionEvent) => unknown;

/** CloudFront's limit, in bytes of code. */
const LARGEST_CODE = 10_240;
/** Only stops an endless loop: Node measures waiting for a processor, too, where CloudFront measures work (under 1 ms). */
const LONGEST_RUN_MS = 2000;

// Everything crosses as JSON text, so no object of ours, and through it nothing of Node, is within the function's reach.
const CALL = `
var outcome, fault;
(async () => JSON.stringify(await handler(JSON.parse(event))))().then(
  (text) => { outcome = text; },
  (error) => { fault = String(error && error.stack || error); },
);`;

/**
 * @param code for the runtime cloudfront-js-2.0, with a function `handler(event)`, async or not
 * @param name for errors
 * @throws at once when CloudFront would refuse the code
 */
export function compileViewerFunction(code: string, name: string): ViewerFunction {
  if (Buffer.byteLength(code) > LARGEST_CODE) {
    throw new Error(
      `The CloudFront Function ${name} has ${Buffer.byteLength(code)} bytes; ${LARGEST_CODE} are allowed.`,
    );
  }
  if (/^\s*import\s/m.test(code)) {
    throw new Error(
      `The CloudFront Function ${name} imports a module, which local/cloudfront/viewer-function.ts has not got.`,
    );
  }
  const scripts = [new Script(code, { filename: `${name}.js` }), new Script(CALL)];
  return (event) => {
    // A function remembers nothing, so each call has a world of its own; without eval, timers, network and files, as there.
    const world = createContext(
      { event: JSON.stringify(event) },
      { codeGeneration: { strings: false, wasm: false }, microtaskMode: 'afterEvaluate' },
    );
    for (const script of scripts) script.runInContext(world, { timeout: LONGEST_RUN_MS });
    if (typeof world['fault'] === 'string') throw new Error(world['fault']);
    if (typeof world['outcome'] === 'string') return JSON.parse(world['outcome']);
    throw new Error(`handler of ${name} returned neither a request nor a response, or waits for what never comes`);
  };
}
