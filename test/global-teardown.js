import { rm } from 'node:fs/promises';

/** What the test files of this run have shared. */
export default async function teardown() {
  await rm(process.env.TEST_RUN_FOLDER, { recursive: true, force: true });
}
