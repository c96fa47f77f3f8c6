import { CreateTableCommand, DescribeContinuousBackupsCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { sim } from '../../local/stripe/sim.ts';
import { broken, finder, patients, warning } from './finds.ts';
import type { Patient } from './world.ts';

const patient = patients();
const finds = finder(patient);

describe('a doctor', () => {
  it('finds nothing where nothing is off, and changes nothing', async () => {
    const before = patient().simulator.snapshot();
    const found = await patient().examined();
    expect(found.filter(({ status }) => status !== 'ok').map(({ says }) => says)).toEqual([
      'deletion protection: this DynamoDB does not say',
      'this DynamoDB has none',
    ]);
    expect(patient().simulator.snapshot()).toBe(before);
  });

  it('leaves out what hangs on something broken, and says on what', async () => {
    const nothing = await patient().examined(() => Promise.reject(new Error('cdk-outputs.json could not be read.')));
    expect(nothing[0]).toMatchObject({ check: 'outputs', status: 'broken' });
    expect(new Set(nothing.slice(1).map(({ says }) => says))).toEqual(new Set(['the outputs come first']));
    await sim(patient().simulator, 'POST /keys', { key: patient().keys.secretKey, expired: true });
    const left = (await patient().examined()).filter(({ says }) => says === 'the secret key comes first');
    expect(left.map(({ check }) => check)).toContain('webhook endpoint');
  });
});

describe('a doctor who looks at the stack', () => {
  const answers =
    (path: string, status: number, body = '') =>
    (it: Patient) =>
      it.answers.set(path, [status, body]);

  finds('a secret without a value', (it) => it.forget(), broken('secret', /no value yet/, /setup/));
  finds('a spoilt secret', (it) => it.keep({ webhookSecrets: [] }), broken('secret', /its webhookSecrets/, /setup/));
  finds('a site that is down', answers('/', 503), broken('site', /answers 503/, /CloudFront/));
  const unset = answers('/api/config', 503, '{"code":"not_configured"}');
  finds('an API that is not set up', unset, broken('site’s config', /503 not_configured/, /setup/));
  const old = answers('/api/config', 200, '{"publishableKey":"pk_test_old"}');
  finds('a site with an older key', old, warning('site’s config', /another publishable key/, /wait/));
  const fault = answers('/webhook', 500, '{"code":"internal"}');
  finds('a webhook that fails', fault, broken('round trip', /answered 500 internal/, /log/));
  const refusal = answers('/webhook', 400, '{"code":"invalid_signature"}');
  finds('a webhook that knows no secret', refusal, broken('round trip', /answered 400 invalid_signature/, /clocks/));
  const naive = answers('/webhook', 200, '{"outcome":"ignored"}');
  finds('a webhook that believes anybody', naive, broken('round trip', /nobody signed is taken/, /API Gateway/));
  const ahead = (it: Patient) => sim(it.simulator, 'POST /clock', { advance: 100 });
  finds('a clock that is off', ahead, warning('clocks', /(99|100|101) s ahead/, /NTP/));
});

describe('a doctor who looks at the table', () => {
  const examinedTable = (name: string) => {
    const { address } = patient();
    return patient().examined(async () => ({ ...address, table: { ...address.table, name } }));
  };
  const brokenTable = (says: RegExp) =>
    expect.objectContaining({ check: 'table', status: 'broken', says: expect.stringMatching(says) });

  it('finds that it is not there', async () => {
    expect(await examinedTable('nowhere')).toContainEqual(brokenTable(/not found/));
  });

  it.each([
    ['other', { id: 'HASH' }, /keys id, and not pk, sk/],
    ['bare', { pk: 'HASH', sk: 'RANGE' }, /no index "customer"/],
  ] as const)('finds one of another shape: %s', async (TableName, keys, says) => {
    const named = Object.entries(keys).map(([AttributeName, KeyType]) => ({ AttributeName, KeyType }));
    const AttributeDefinitions = named.map(({ AttributeName }) => ({ AttributeName, AttributeType: 'S' as const }));
    const table = { TableName, AttributeDefinitions, KeySchema: named, BillingMode: 'PAY_PER_REQUEST' as const };
    await patient().address.table.client.send(new CreateTableCommand(table));
    expect(await examinedTable(TableName)).toContainEqual(brokenTable(says));
  });

  it.each([
    [true, 'ENABLED', 'ok'],
    [false, 'DISABLED', 'warning'],
  ] as const)('says whether it is protected (%s) and backed up (%s)', async (on, recovery, status) => {
    const KeySchema = ['pk', 'sk'].map((AttributeName) => ({ AttributeName, KeyType: undefined }));
    const Table = { KeySchema, GlobalSecondaryIndexes: [{ IndexName: 'customer' }], DeletionProtectionEnabled: on };
    const backups = { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: recovery } };
    const mock = mockClient(patient().address.table.client);
    mock.on(DescribeTableCommand).resolves({ Table });
    mock.on(DescribeContinuousBackupsCommand).resolves({
      ContinuousBackupsDescription: { ContinuousBackupsStatus: 'ENABLED', ...backups },
    });
    const found = await patient().examined();
    mock.restore();
    const told = found.filter(({ says }) => /deletion protection|point in time/.test(says));
    expect(told.map((each) => each.status)).toEqual([status, status]);
  });
});
