import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { at } from '../../billing/json.ts';

export interface Start {
  /** Path of the module with the handler. */
  readonly module: string;
  /** What the handler is called with. @default - it is not called */
  readonly event?: unknown;
  readonly environment: Readonly<Record<string, string>>;
}

export interface Spawned {
  /** Milliseconds of the processor's time, with what Node itself takes to start. */
  readonly cpu: number;
  /** Milliseconds from the start of the process to its end. */
  readonly elapsed: number;
  /** Megabytes of memory, at their peak. */
  readonly mb: number;
  /** What the handler answered to HTTP. */
  readonly status: number | undefined;
}

const PROCESS = fileURLToPath(new URL('process.mjs', import.meta.url));

/** One process from its start to its end. @param node the Node to run. Rejects with what it said when it fails */
export async function spawned(node: string, { module, event, environment }: Start): Promise<Spawned> {
  const began = performance.now();
  const args = event === undefined ? [] : [JSON.stringify(event)];
  const child = spawn(node, [PROCESS, module, ...args], { env: { ...environment } });
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('exit', resolve));
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const code = await ended;
  const elapsed = performance.now() - began;
  const [out, trouble] = await said;
  if (code !== 0) throw new Error(`${module} ended with ${code}: ${trouble.slice(-1000)}`);
  const report: unknown = JSON.parse(out.slice(out.lastIndexOf('\n')));
  const status = at(report, 'status');
  return {
    cpu: Number(at(report, 'cpu')) / 1000,
    elapsed,
    mb: Number(at(report, 'maxRSS')) / 1024,
    status: typeof status === 'number' ? status : undefined,
  };
}
