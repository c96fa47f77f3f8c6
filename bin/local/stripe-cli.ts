import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { HANDLED_EVENTS } from '../../billing/events.ts';

export interface ListenOptions {
  readonly secretKey: string;
  readonly forwardTo: string;
  /** Another address of Stripe's API, for tests. */
  readonly base: string | undefined;
  readonly log: (line: string) => void;
}

/** How long the CLI may take to connect to Stripe, and how long to end of itself, in milliseconds. */
const PATIENCE_MS = 30_000;
const GRACE_MS = 5_000;

/** What a program needs to reach the network from here. */
const NETWORK = ['SystemRoot', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];

/**
 * The official CLI's `listen`: brings Stripe's webhooks to this machine. Payloads come in the account's latest version;
 * should that not be the SDK's, the webhook treats each as a hint and asks Stripe.
 *
 * @returns once it listens: the secret it signs with
 */
export async function listenWithCli(options: ListenOptions): Promise<{ secret: string; stop(): Promise<void> }> {
  const binary = cliBinary();
  const home = await mkdtemp(join(tmpdir(), 'stripe-cli-'));
  const child = spawn(binary, argumentsFor(options), {
    env: cliEnvironment(home, options.secretKey),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stopping = false;
  const stop = async () => {
    stopping = true;
    await end(child);
    await rm(home, { recursive: true, force: true });
  };
  try {
    const secret = await secretOf(child, options.log);
    child.once('close', () => stopping || options.log('[stripe-cli] ended: webhooks come no more. Start again.'));
    return { secret, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The program itself: the package's own launcher would not hand on the signal that ends it, and leave it running.
 *
 * @throws when npm did not install it for this platform, or there is none
 */
export function cliBinary(platform = `${process.platform}-${process.arch}`): string {
  const name = platform.startsWith('win32') ? 'stripe.exe' : 'stripe';
  try {
    const launcher = createRequire(import.meta.url).resolve('@stripe/cli/package.json');
    const own = createRequire(launcher).resolve(`@stripe/cli-${platform}/package.json`);
    return join(dirname(own), 'bin', name);
  } catch (cause) {
    const way = 'Run `npm ci` with optional packages, or unset STRIPE_SECRET_KEY: the simulator needs no CLI.';
    throw new Error(`The Stripe CLI for ${platform} is not installed. ${way}`, { cause });
  }
}

/**
 * The key goes in by the environment: arguments can be read by everybody on the machine. What the CLI keeps (an id of the
 * machine) goes to a folder of its own, so that nobody's own login or settings are touched or used.
 */
export function cliEnvironment(home: string, secretKey: string): NodeJS.ProcessEnv {
  const network = NETWORK.map((name) => [name, process.env[name]]).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(network),
    HOME: home,
    USERPROFILE: home,
    STRIPE_API_KEY: secretKey,
    STRIPE_CLI_TELEMETRY_OPTOUT: 'true',
  };
}

function argumentsFor({ forwardTo, base }: ListenOptions): string[] {
  const events = HANDLED_EVENTS.join(',');
  const args = ['listen', '--skip-update', '--latest', '--forward-to', forwardTo, '--events', events];
  return base ? [...args, '--api-base', base] : args;
}

/** Hands on what the CLI says, line by line, and picks the secret out of it. */
function secretOf(child: ChildProcess, log: (line: string) => void): Promise<string> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The Stripe CLI ${why}. It said:\n${said.join('\n').trim()}`));
    const timer = setTimeout(() => fail('did not get ready'), PATIENCE_MS);
    const hear = (line: string) => {
      const shown = withoutKeys(line);
      log(`[stripe-cli] ${shown}`);
      if (said.push(shown) > 50) said.shift();
      const secret = /^Ready!.*\b(whsec_\w+)/.exec(line)?.[1];
      if (secret === undefined) return;
      clearTimeout(timer);
      resolve(secret);
    };
    for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', hear);
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('close', () => fail('ended'));
    child.once('close', () => clearTimeout(timer));
  });
}

function withoutKeys(text: string): string {
  return text.replaceAll(/\b(sk|rk|whsec)_\w+/g, '$1_***');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => void child.once('exit', resolve));
  const late = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(late);
}
