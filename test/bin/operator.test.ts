import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripeKeysFrom } from '../../bin/setup/credentials.ts';
import { readOutputs } from '../../bin/setup/outputs.ts';

const ROOT = join(import.meta.dirname, '../..');
/** By its address, because a folder that it is started in has no node_modules. */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

const keys = { STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_PUBLISHABLE_KEY: 'pk_test_1' };

/** Runs the operator's command line as an operator would. */
function operator(
  args: string[],
  env: Record<string, string> = {},
  cwd = ROOT,
): Promise<{ code: number; said: string }> {
  const command = ['--import', TSX, join(ROOT, 'bin/operator.ts'), ...args];
  const options = { cwd, env: { PATH: process.env['PATH'] ?? '', ...env } };
  return new Promise((resolve) => {
    execFile(process.execPath, command, options, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), said: stdout + stderr }),
    );
  });
}

describe('the operator’s command line', () => {
  it('teaches itself, in general and for each command', async () => {
    expect(await operator([])).toMatchObject({ code: 0, said: expect.stringContaining('setup') });
    expect(await operator(['--help'])).toEqual(await operator([]));
    const help = await operator(['help', 'setup']);
    expect(help).toMatchObject({ code: 0, said: expect.stringContaining('--outputs FILE') });
    expect(await operator(['setup', '--help'])).toEqual(help);
  });

  it('ends quietly when whoever reads has read enough', async () => {
    const child = execFile(process.execPath, ['--import', TSX, join(ROOT, 'bin/operator.ts'), 'help']);
    child.stdout?.destroy();
    let complaints = '';
    child.stderr?.on('data', (text: string) => {
      complaints += text;
    });
    await once(child, 'close');
    expect(complaints).toBe('');
  });

  it('says which key is missing and where to find it, and quotes none', async () => {
    const { code, said } = await operator(['setup'], {
      STRIPE_SECRET_KEY: 'sk_live_1',
      STRIPE_PUBLISHABLE_KEY: 'pk_test_1',
    });
    expect(code).toBe(1);
    expect(said).toContain('STRIPE_PUBLISHABLE_KEY should start with pk_live_');
    expect(said).not.toContain('sk_live_1');
  });

  it('says what to run when nothing is deployed', async () => {
    const { code, said } = await operator(['setup', '--outputs', '/nowhere.json'], keys);
    expect(code).toBe(1);
    expect(said).toContain('npx cdk deploy --outputs-file');
  });

  it.each([
    [['destroy'], 'no command "destroy"'],
    [['setup', '--fast'], "Unknown option '--fast'"],
    [['setup', 'now'], 'options alone'],
    [['setup', '--stack'], 'argument missing'],
  ])('does nothing when it is asked wrongly: %s', async (args, why) => {
    const { code, said } = await operator(args);
    expect(code).toBe(2);
    expect(said).toContain(why);
    expect(said).toContain('--help');
  });

  it('says how to start the local cloud when none is running', async () => {
    const { code, said } = await operator(['setup', '--local'], {}, await mkdtemp(join(tmpdir(), 'nothing-runs-')));
    expect(code).toBe(1);
    expect(said).toContain('npm start');
  });
});

describe('keys', () => {
  it('of one mode are taken, restricted ones too', () => {
    expect(stripeKeysFrom({ ...keys, STRIPE_SECRET_KEY: 'rk_test_1' })).toEqual({
      secretKey: 'rk_test_1',
      publishableKey: 'pk_test_1',
    });
  });

  it.each([{}, { STRIPE_SECRET_KEY: 'pk_test_1' }, { STRIPE_SECRET_KEY: 'sk_test_' }])(
    'that are none are refused (%#)',
    (env) => {
      expect(() => stripeKeysFrom(env)).toThrow('STRIPE_SECRET_KEY');
    },
  );
});

describe('the outputs of a deployment', () => {
  const addresses = { SiteUrl: 'https://s', WebhookUrl: 'https://a/webhook', SecretId: 'arn', TableName: 'records' };
  const outputs = { ...addresses, Issuer: 'https://i', GraceDays: '7', Disputes: 'cancel' };
  const file = async (content: unknown) => {
    const path = join(await mkdtemp(join(tmpdir(), 'outputs-')), 'cdk-outputs.json');
    await writeFile(path, JSON.stringify(content));
    return path;
  };

  it('are those of the only stack, or of the one that is named', async () => {
    const expected = {
      siteUrl: 'https://s',
      webhookUrl: 'https://a/webhook',
      secretId: 'arn',
      tableName: 'records',
      issuer: 'https://i',
      graceDays: 7,
      disputes: 'cancel',
    };
    expect(await readOutputs(await file({ Subscriptions: outputs }))).toEqual(expected);
    expect(await readOutputs(await file({ A: {}, B: outputs }), 'B')).toEqual(expected);
  });

  it('of several stacks want a name, and of an older version a deployment', async () => {
    await expect(readOutputs(await file({ A: outputs, B: outputs }))).rejects.toThrow('--stack');
    await expect(readOutputs(await file({ A: { SiteUrl: 'https://s' } }))).rejects.toThrow('no output WebhookUrl');
  });
});
