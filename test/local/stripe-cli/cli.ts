import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cliBinary, cliEnvironment } from '../../../bin/local/stripe-cli.ts';

export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** The official CLI, against a simulator at `base`, with a home of its own. */
export async function startCli(base: string) {
  const home = await mkdtemp(join(tmpdir(), 'stripe-cli-test-'));
  const running = new Set<ChildProcess>();

  function start(args: readonly string[], hear: (output: string) => void = () => {}): Promise<Ran> {
    // Some commands look for a newer CLI elsewhere first: nothing of a test leaves this machine.
    const env = { ...cliEnvironment(home, 'sk_test_officialcli'), HTTPS_PROXY: 'http://127.0.0.1:9' };
    const child = spawn(cliBinary(), [...args, '--api-base', base], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        hear(output);
      });
    }
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        running.delete(child);
        resolve({ code, output });
      });
    });
  }

  return {
    /** Runs a command to its end. */
    run: (...args: readonly string[]): Promise<Ran> => start(args),
    /** @returns once it listens: the secret it tells */
    listen: (...args: readonly string[]): Promise<string> =>
      new Promise((resolve, reject) => {
        const ended = start(['listen', '--skip-update', ...args], (output) => {
          const secret = /Ready!.*\b(whsec_\w+)/.exec(output)?.[1];
          if (secret !== undefined) resolve(secret);
        });
        ended.then(({ output }) => reject(new Error(output)), reject);
      }),
    async stop(): Promise<void> {
      for (const child of running) {
        const closed = new Promise((resolve) => void child.once('close', resolve));
        child.kill('SIGTERM');
        await closed;
      }
      await rm(home, { recursive: true, force: true });
    },
  };
}
