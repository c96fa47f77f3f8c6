import { afterAll } from '@jest/globals';
import type { StackOptions } from '../../../local/options.ts';
import { startStack, type RunningStack } from '../../../local/stack.ts';
import { removeAssembly, writeAssembly, type Parts } from './assembly.ts';

export interface Running extends RunningStack {
  /** What functions and the gateway have logged. */
  lines: string[];
}

const stacks: RunningStack[] = [];
const assemblies: string[] = [];

afterAll(async () => {
  await Promise.all(stacks.map((stack) => stack.stop()));
  assemblies.forEach(removeAssembly);
});

/** Runs a template until the end of the test file. */
export async function run(parts: Parts, options: Partial<StackOptions> = {}): Promise<Running> {
  const assembly = writeAssembly(parts);
  assemblies.push(assembly);
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const stack = await startStack({ assembly, port: 0, log, ...options });
  stacks.push(stack);
  return { ...stack, lines };
}

/** Waits until something is so, by looking again and again; gives up after so many times five milliseconds. */
export async function until<T>(look: () => T | undefined, most = 800): Promise<T> {
  for (let tries = 0; tries < most; tries += 1) {
    const seen = look();
    if (seen !== undefined) return seen;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('It did not come about.');
}
