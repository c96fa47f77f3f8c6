import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Derives the schemas of the Stripe SDK once, before the first test: several tests at once would each wait for it. */
export default async function setup() {
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'test/local/stripe/truth/sdk/warm.ts']);
}
