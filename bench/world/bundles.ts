import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { HttpEvent, HttpResult } from '../../functions/shared/http.ts';
import type { FunctionName } from '../../lib/routes.ts';

export type Route = (event: HttpEvent) => Promise<HttpResult>;

/** A function's shipped bundle, in this process. Its environment must stand: it is read as it loads. */
export async function shipped<Handler>(functions: string, name: FunctionName): Promise<Handler> {
  const module: { handler: Handler } = await import(pathToFileURL(join(functions, name, 'index.mjs')).href);
  return module.handler;
}

/** The answer, if it is the one that is measured. @throws Error else: what fails may be fast */
export function answering(result: HttpResult, expected: string): HttpResult {
  if (result.statusCode === 200 && result.body?.includes(expected) === true) return result;
  throw new Error(`Expected 200 with ${expected}: ${JSON.stringify(result)}`);
}
