import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chargeCommand } from '../../bin/charge/command.ts';
import { runCommandLine } from '../../bin/command-line/run.ts';
import { dayOf } from '../../billing/charge-run.ts';
import { customerRecords } from '../../clients/records/customers.ts';
import { SITE, startWorld, type World } from '../functions/world.ts';
import { sim } from '../local/stripe/sim.ts';

const TODAY = dayOf(Date.now() / 1000);

let world: World;
let outputs: string;
beforeAll(async () => {
  world = await startWorld();
  await world.configure();
  outputs = join(await mkdtemp(join(tmpdir(), 'outputs-')), 'cdk-outputs.json');
  const stack = {
    SiteUrl: SITE,
    WebhookUrl: 'https://api.example/webhook',
    SecretId: 'secret',
    TableName: world.table.name,
    Issuer: 'https://issuer.example',
    GraceDays: '7',
    Disputes: 'keep',
  };
  await writeFile(outputs, JSON.stringify({ Subscriptions: stack }));
  await payer('ada', 'pm_card_visa');
  await payer('bob', 'pm_card_chargeCustomerFail');
  await payer('carol', 'pm_card_authenticationRequired');
  await payer('dave');
});
afterAll(() => world.stop());

async function payer(userId: string, card?: string): Promise<void> {
  const given = card ? { payment_method: card, invoice_settings: { default_payment_method: card } } : {};
  const { id } = await world.stripe.customers.create({ ...given, metadata: { userId } });
  await customerRecords(world.table).add(userId, { customerId: id, email: null });
}

/** What the operator types, and sees. @param stopAfter how many lines about progress until Ctrl-C */
async function type(args: string, stopAfter = Infinity) {
  const interrupted = new AbortController();
  const out: string[] = [];
  const notes: string[] = [];
  let shown = 0;
  const terminal = {
    out: (line: string) => void out.push(line),
    note: (line: string) => void notes.push(line),
    rewrite: () => {
      shown += 1;
      if (shown >= stopAfter) interrupted.abort();
    },
    env: process.env,
    signal: interrupted.signal,
  };
  if (stopAfter === 0) interrupted.abort();
  const words = [...args.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
  const code = await runCommandLine([chargeCommand], ['charge', ...words, '--outputs', outputs], terminal);
  return { code, out: out.join('\n'), said: notes.join('\n') };
}

const FEE = '--amount 500 --currency usd --description "The fee"';

const taken = async (run: string) => {
  const { data } = await world.stripe.paymentIntents.list({ limit: 100 });
  const paid = data.filter(({ metadata, status }) => metadata['charge'] === run && status === 'succeeded');
  return paid.map(({ metadata }) => metadata['userId']);
};

describe('npm run operator -- charge', () => {
  it('says first who would be charged, and then writes nothing', async () => {
    const { code, out } = await type(`--id fee ${FEE} --now --dry-run`);
    expect(code).toBe(0);
    expect(out).toMatch(/^ +3 {2}would be charged, 15.00 usd in all$/m);
    expect(await taken('fee')).toEqual([]);
    expect(await type('--id fee')).toMatchObject({ code: 2, said: expect.stringContaining('no charge fee yet') });
  });

  it('charges at once, and lists who is to pay and where', async () => {
    const { code, out } = await type(`--id fee ${FEE} --now`);
    expect(code).toBe(0);
    expect(out).toMatch(/^ +1 {2}charged, 5.00 usd in all$/m);
    expect(out).toMatch(/^declined {3}bob, customer cus_\w+: generic_decline$/m);
    expect(out).toMatch(/^to confirm carol, customer cus_\w+: authentication_required$/m);
    expect(out).toMatch(/^ +1 {2}without a saved card$/m);
    expect(out).toContain(`${SITE}/pay?charge=fee`);
    expect(await taken('fee')).toEqual(['ada']);
  });

  it('typed again charges nobody again, and tells how it stands', async () => {
    const again = await type(`--id fee ${FEE} --on ${TODAY} --json`);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({
      run: { id: 'fee', status: 'finished' },
      totals: { succeeded: 1, declined: 1, action_required: 1, no_card: 1 },
      charged: 500,
      unpaid: expect.arrayContaining([
        expect.objectContaining({ userId: 'bob', status: 'declined', link: `${SITE}/pay?charge=fee` }),
      ]),
    });
    expect(await taken('fee')).toEqual(['ada']);
  });

  it.each([
    ['--id fee --amount 600 --currency usd --description "The fee" --now', 'with amount 500'],
    [`--id fee ${FEE} --on 2999-01-01`, `with on ${TODAY}`],
    [`${FEE} --now`, '--id'],
    [`--id fee2 --amount 500 --now`, 'wants all of'],
    [`--id fee2 ${FEE}`, 'wants all of'],
    [`--id fee2 ${FEE} --now --on ${TODAY}`, 'either --on or --now'],
    [`--id Fee ${FEE} --now`, 'The id is'],
    ['--id fee2 --amount 5.00 --currency usd --description x --now', 'The amount is'],
    ['--id fee2 --amount 500 --currency USD --description x --now', 'The currency is'],
    [`--id fee2 ${FEE} --on 2026-02-30`, 'The day is'],
    ['--id fee2 --withdraw', 'no charge fee2'],
  ])('does nothing when it is asked wrongly: %s', async (args, why) => {
    const { code, said } = await type(args);
    expect(code).toBe(2);
    expect(said).toContain(why);
    expect(await taken('fee2')).toEqual([]);
  });

  it('records what is due later, which can be withdrawn', async () => {
    const later = await type(`--id later ${FEE} --on 2999-01-01`);
    expect(later).toMatchObject({ code: 0, out: expect.stringContaining('Planned') });
    expect(await type('--id later --withdraw')).toMatchObject({ code: 0, out: expect.stringContaining('Withdrawn') });
    expect(await type('--id later')).toMatchObject({ code: 0, out: expect.stringContaining('(withdrawn)') });
    expect(await type('--id fee --withdraw')).toMatchObject({ code: 1, out: expect.stringContaining('refund') });
  });

  it('interrupted ends with 130, and goes on when it is started again', async () => {
    expect(await type(`--id broken-off ${FEE} --now`, 0)).toMatchObject({ code: 130 });
    expect(await taken('broken-off')).toEqual([]);
    expect(await type('--id broken-off')).toMatchObject({ code: 0, out: expect.stringContaining('Finished') });
    expect(await taken('broken-off')).toEqual(['ada']);
  });

  it('ends with 1 when Stripe fails, and the next start charges those who were missed', async () => {
    await sim({ url: world.simulator }, 'POST /faults', {
      method: 'POST',
      path: '/v1/payment_intents/*/confirm',
      status: 500,
      times: 6,
    });
    const failed = await type(`--id unlucky ${FEE} --now`);
    expect(failed.code).toBe(1);
    expect(failed.out).toMatch(/^failed {5}\w+, customer cus_/m);
    await sim({ url: world.simulator }, 'DELETE /faults');
    expect(await type('--id unlucky')).toMatchObject({ code: 0, out: expect.stringContaining('Finished') });
    expect(await taken('unlucky')).toEqual(['ada']);
  });
});
