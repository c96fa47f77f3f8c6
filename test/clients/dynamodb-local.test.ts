import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { fetchDynamoDbLocal, startDynamoDbLocal, type DynamoDbLocal } from '../support/dynamodb-local.ts';

/** A package of 57 MB on a slow line, or a JVM on a busy machine. In milliseconds. */
const PATIENCE = 180_000;

const missing = await fetchDynamoDbLocal().then(
  () => undefined,
  (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n')[0],
);
if (missing !== undefined)
  process.stderr.write(
    `\nSKIPPED: the client tests on AWS's own DynamoDB Local, which wants Java and a registry. ${missing}\n\n`,
  );

/**
 * The tests beside this one that have a table, each on one of its own of this DynamoDB. Not the one that is interrupted at
 * every call there is, whose calls the others make too, and fewer lives of charges than dynalite has: all of it is slower here.
 */
function clientTests(url: string): Promise<{ status: number | null; output: string }> {
  const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--maxWorkers=1'];
  const related = ['--findRelatedTests', 'test/support/dynamo.ts'];
  const others = ['--testPathIgnorePatterns', '^(?!.*test/clients/)', 'dynamodb-local', 'interrupted'];
  const child = spawn(process.execPath, [...jest, ...related, ...others], {
    env: { ...process.env, DYNAMODB_ENDPOINT: url, CHARGE_HISTORIES: '5' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, output })));
}

(missing === undefined ? describe : describe.skip)('on AWS’s own DynamoDB Local', () => {
  let dynamo: DynamoDbLocal;
  beforeAll(async () => {
    dynamo = await startDynamoDbLocal();
  }, PATIENCE);
  afterAll(() => dynamo.stop());

  const tables = async () => {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new DynamoDBClient({ endpoint: dynamo.url, region: 'us-east-1', credentials });
    const { TableNames = [] } = await client.send(new ListTablesCommand());
    client.destroy();
    return TableNames.length;
  };

  it(
    'the tests of the clients pass, as they do on dynalite',
    async () => {
      const { status, output } = await clientTests(dynamo.url);
      if (status !== 0) process.stderr.write(output);
      expect({ status, summary: /^Tests: .*$/m.exec(output)?.[0] }).toEqual({
        status: 0,
        summary: expect.stringMatching(/^Tests: +\d+ passed, \d+ total$/),
      });
      expect(await tables()).toBeGreaterThan(2);
    },
    PATIENCE,
  );
});
