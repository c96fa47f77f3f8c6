import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Derives the schemas of the Stripe SDK once, before the first test: several tests at once would each wait for it. */
export default async function setup() {
  process.env.TEST_RUN_FOLDER = await mkdtemp(join(tmpdir(), 'test-run-'));
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'test/local/stripe/truth/sdk/warm.ts']);
}
