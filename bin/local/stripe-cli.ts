import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { HANDLED_EVENTS } from '../../billing/events.ts';

export interface ListenOptions {
  readonly secretKey: string;
  readonly forwardTo: string;
  /** Another address of Stripe's API, for tests. */
  readonly base: string | undefined;
  readonly log: (line: string) => void;
}

/** How long the CLI may take to connect to Stripe, in milliseconds. */
const PATIENCE_MS = 30_000;

/**
 * The official CLI's `listen`: brings Stripe's webhooks to this machine. Payloads come in the account's latest version;
 * should that not be the SDK's, the webhook treats each as a hint and asks Stripe.
 *
 * @returns once it listens: the secret it signs with
 */
export async function listenWithCli(options: ListenOptions): Promise<{ secret: string; stop(): Promise<void> }> {
  const child = startCli(options);
  const stop = () => end(child);
  try {
    return { secret: await readySecret(child, options.log), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The key goes in by the environment: arguments can be read by everybody on the machine. */
function startCli({ secretKey, forwardTo, base }: ListenOptions): ChildProcess {
  const shim = join(dirname(createRequire(import.meta.url).resolve('@stripe/cli/package.json')), 'bin', 'shim.js');
  const args = ['listen', '--skip-update', '--latest', '--forward-to', forwardTo, '--events', HANDLED_EVENTS.join(',')];
  if (base) args.push('--api-base', base);
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], STRIPE_API_KEY: secretKey };
  return spawn(process.execPath, [shim, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

function readySecret(child: ChildProcess, log: (line: string) => void): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The Stripe CLI ${why}. It said:\n${withoutKeys(said).trim()}`));
    const timer = setTimeout(() => fail('did not get ready'), PATIENCE_MS);
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
      log(`stripe listen: ${withoutKeys(chunk.toString()).trim()}`);
      const secret = /whsec_\w+/.exec(said)?.[0];
      if (secret && said.includes('Ready')) resolve(secret);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('exit', () => fail('ended'));
    child.once('exit', () => clearTimeout(timer));
  });
}

function withoutKeys(text: string): string {
  return text.replaceAll(/\b(sk|rk|whsec)_\w+/g, '$1_***');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
