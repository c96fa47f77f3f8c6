import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Local } from '../../bin/local/start.ts';
import { connectStripe } from '../../clients/stripe.ts';
import { payWith } from '../functions/world.ts';
import { everyEventTaken } from './journey.ts';
import { PATIENCE, startWatched } from './local-cloud.ts';
import { signIn, type Person } from './person.ts';

const SCRIPT = join(import.meta.dirname, '../../bin/operator.ts');
/** By its address, because the folder that it is started in has no node_modules. */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

let folder: string;
let local: Local;
let ada: Person;
let bob: Person;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'charges-'));
  local = await startWatched({ port: 0, folder: join(folder, '.local'), env: {}, progress: () => {}, log: () => {} });
  ada = await signIn(local, 'ada@example.com');
  bob = await signIn(local, 'bob@example.com');
}, PATIENCE);
afterAll(async () => {
  await local.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The card reaches Checkout; nobody comes back to the page, so that only the webhook tells of it. */
async function saveCard(person: Person, card: string): Promise<void> {
  const { json } = await person.post('/api/checkout', { mode: 'setup' });
  await payWith(String(json['url']), card);
}

/** The operator's command line, started where `npm start` was. */
function operator(...args: string[]): Promise<{ code: number | null; out: string }> {
  const env = { PATH: process.env['PATH'] };
  const child = spawn(process.execPath, ['--import', TSX, SCRIPT, ...args, '--local'], { cwd: folder, env });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out })));
}

const chargesOf = async (person: Person) => (await person.get('/api/charges')).json['charges'];

describe('everybody with a saved card is charged, through the real bundles with just their own rights', () => {
  it(
    'once; whom the bank declines pays on the page that the operator is told of',
    async () => {
      await saveCard(ada, '4242424242424242');
      await saveCard(bob, '4000000000000341');
      await everyEventTaken(connectStripe('sk_test_operator', local.endpoints.stripe));

      const asked = [
        'charge',
        '--id',
        'fee',
        '--amount',
        '500',
        '--currency',
        'usd',
        '--description',
        'The fee',
        '--now',
      ];
      const { code, out } = await operator(...asked);
      expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('1  charged, 5.00 usd in all') });
      expect(out).toContain(`${local.endpoints.site}/pay?charge=fee`);
      expect(await chargesOf(ada)).toMatchObject([{ id: 'fee', status: 'succeeded', payable: false }]);
      expect(await chargesOf(bob)).toMatchObject([{ id: 'fee', status: 'declined', payable: true }]);

      expect((await fetch(`${local.endpoints.site}/pay?charge=fee`)).status).toBe(200);
      expect(await ada.post('/api/charges/fee/pay')).toMatchObject({ status: 409, json: { code: 'charge_settled' } });
      const { json } = await bob.post('/api/charges/fee/pay');
      await payWith(String(json['url']), '4242424242424242');
      await everyEventTaken(connectStripe('sk_test_operator', local.endpoints.stripe));
      expect(await chargesOf(bob)).toMatchObject([{ status: 'succeeded', payable: false }]);

      expect(await operator('charge', '--id', 'fee')).toMatchObject({
        code: 0,
        out: expect.stringContaining('2  charged, 10.00 usd in all'),
      });
    },
    PATIENCE,
  );
});
