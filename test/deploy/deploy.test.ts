import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '../e2e/person.ts';
import { run, type Ended } from './command.ts';

const WANTED = ['AWS_ENDPOINT_URL', 'STRIPE_API_BASE', 'STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY'];
const missing = WANTED.filter((name) => !process.env[name]);
if (missing.length > 0) {
  const way = 'npm run test:deploy sets them to a local cloud’s; npm run cloud prints them.';
  process.stderr.write(`Skipped: deploying with the CDK's command line. Not set: ${missing.join(', ')}. ${way}\n`);
}

/** The real CDK takes its seconds, and AWS itself ten minutes. */
const PATIENCE = 900_000;
/** A stack of its own beside any other, of which nothing is left at the end. */
const STAGE = ['-c', 'stage=deploy-test', '-c', 'removal=destroy'];

const cdk = (command: string, ...args: string[]): Promise<Ended> => run('npx', 'cdk', command, ...STAGE, ...args);

let folder: string;
let outputs: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deploy-test-'));
  outputs = join(folder, 'cdk-outputs.json');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const deploy = (...args: string[]): Promise<Ended> =>
  cdk('deploy', '--require-approval', 'never', '--output', join(folder, 'cdk.out'), '--outputs-file', outputs, ...args);

/** For what follows a deployment: it need not be synthesized again. */
const deployed = (): string[] => ['--app', join(folder, 'cdk.out')];

async function siteOf(): Promise<string> {
  const file: unknown = JSON.parse(await readFile(outputs, 'utf8'));
  return String(Object(Object(file)['Subscriptions-deploy-test'])['SiteUrl']);
}

/** Ada, at the site as it is deployed now. What signs her in is loaded only when this runs: it is not, in most runs. */
async function ada(): Promise<Person> {
  const { signIn } = await import('../e2e/person.ts');
  return signIn({ endpoints: { site: await siteOf() } }, 'ada@example.com');
}

async function subscribe(person: Person): Promise<void> {
  const { payWith } = await import('../functions/world.ts');
  const { json } = await person.post('/api/checkout', { plan: 'starter_monthly' });
  expect((await payWith(String(json['url']), '4242424242424242')).status).toBe(303);
  for (const end = Date.now() + 20_000; (await person.get('/api/members')).status !== 200;)
    if (Date.now() > end) throw new Error('No webhook gave access.');
}

(missing.length > 0 ? describe.skip : describe)('what the CDK’s command line deploys', () => {
  it(
    'is a business that sells, after setup',
    async () => {
      expect(await deploy()).toMatchObject({ code: 0, said: expect.stringContaining('✅') });
      expect((await fetch(`${await siteOf()}/api/config`)).status).toBe(503);
      const setup = await run('npm', 'run', '-s', 'operator', '--', 'setup', '--outputs', outputs);
      expect(setup).toMatchObject({ code: 0, said: expect.stringContaining(await siteOf()) });
      await subscribe(await ada());
    },
    PATIENCE,
  );

  it(
    'is the same after a deployment without a change',
    async () => {
      expect(await deploy()).toMatchObject({ code: 0, said: expect.stringContaining('(no changes)') });
      expect(await cdk('diff', '--fail', ...deployed())).toMatchObject({
        code: 0,
        said: expect.stringContaining('no differences'),
      });
    },
    PATIENCE,
  );

  it(
    'keeps addresses and records when it is changed',
    async () => {
      const before = await siteOf();
      const changed = await deploy('-c', 'graceDays=9');
      expect(changed).toMatchObject({
        code: 0,
        said: expect.stringMatching(/UPDATE_COMPLETE .*AWS::Lambda::Function/),
      });
      expect(changed.said).toContain('GraceDays = 9');
      expect(await siteOf()).toBe(before);
      expect((await (await ada()).get('/api/members')).status).toBe(200);
    },
    PATIENCE,
  );

  it(
    'ends with cdk destroy',
    async () => {
      expect(await cdk('destroy', '--force', ...deployed())).toMatchObject({
        code: 0,
        said: expect.stringContaining('destroyed'),
      });
      await expect(fetch(await siteOf())).rejects.toThrow('fetch failed');
    },
    PATIENCE,
  );
});
