import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const SCRIPT = join(import.meta.dirname, '../../bin/local.ts');
/** By its address, because the folder that it is started in has no node_modules. */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const PATIENCE = 120_000;

interface Started {
  readonly child: ChildProcess;
  readonly folder: string;
  said(): string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

const running: Started[] = [];
let other: Server | undefined;
afterEach(async () => {
  other?.close();
  other = undefined;
  for (const { child, folder, ended } of running.splice(0)) {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
});

/** `npm start` in a folder of its own. */
async function start(env: Record<string, string>): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), 'npm-start-'));
  const child = spawn(process.execPath, ['--import', TSX, SCRIPT], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => void child.once('exit', resolve));
  const started = { child, folder, ended, said: () => output };
  running.push(started);
  return started;
}

async function ready(started: Started): Promise<Record<string, string>> {
  const { child, ended, folder } = started;
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => started.said().includes('Ctrl-C') && resolve());
    void ended.then(() => reject(new Error(started.said())));
  });
  const json: unknown = JSON.parse(await readFile(join(folder, '.local', 'endpoints.json'), 'utf8'));
  return { ...(json as Record<string, string>) };
}

describe('npm start', () => {
  it(
    'says where the page is and what to try, writes the addresses, and ends all of it on Ctrl-C',
    async () => {
      const started = await start({ PORT: '0' });
      const endpoints = await ready(started);
      expect(Object.keys(endpoints).toSorted()).toEqual([
        'api',
        'dynamodb',
        'eventbridge',
        'issuer',
        'lambda',
        'secrets',
        'site',
        'stripe',
      ]);
      expect(started.said()).toMatch(new RegExp(`^Ready  ${endpoints['site']}$`, 'm'));
      expect(started.said()).toContain('4242 4242 4242 4242');
      expect((await fetch(`${endpoints['site']}/`)).status).toBe(200);
      expect((await fetch(`${endpoints['site']}/api/config`)).status).toBe(200);
      const { hostname: host } = new URL(endpoints['stripe'] ?? '');
      expect(host).toBe('127.0.0.1');

      started.child.kill('SIGINT');
      expect(await started.ended).toBe(0);
      expect(existsSync(join(started.folder, '.local', 'endpoints.json'))).toBe(false);
      for (const url of Object.values(endpoints)) await expect(fetch(url)).rejects.toThrow('fetch failed');
    },
    PATIENCE,
  );

  it(
    'says how to choose another port when the port is taken',
    async () => {
      other = createServer();
      await new Promise<void>((resolve) => other?.listen(0, '127.0.0.1', resolve));
      const address = other.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      const started = await start({ PORT: String(port) });
      expect(await started.ended).toBe(1);
      expect(started.said()).toContain(String(port));
      expect(started.said()).toContain('PORT=');
    },
    PATIENCE,
  );

  it.each([
    [{ PORT: 'http' }, 'PORT'],
    [{ PORT: '0', STRIPE_SECRET_KEY: 'sk_live_abcdefghijkl', STRIPE_PUBLISHABLE_KEY: 'pk_live_1' }, 'sandbox only'],
    [{ PORT: '0', STRIPE_SECRET_KEY: 'sk_test_abcdefghijkl' }, 'STRIPE_PUBLISHABLE_KEY'],
  ])(
    'refuses what it cannot run with, before it starts anything (%#)',
    async (env, word) => {
      const started = await start(env);
      expect(await started.ended).toBe(1);
      expect(started.said()).toContain(word);
      expect(started.said()).not.toMatch(/sk_live_a|sk_test_a|Synthesizing/);
    },
    PATIENCE,
  );
});
