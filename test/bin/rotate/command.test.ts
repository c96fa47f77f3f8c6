import { describe, expect, it } from '@jest/globals';
import { rotateKeys } from '../../../bin/rotate/keys.ts';
import { rotateWebhook } from '../../../bin/rotate/webhook.ts';
import { keysWords, tooEarly, webhookWords } from '../../../bin/rotate/words.ts';
import { readKeys } from '../../../clients/secrets.ts';
import { sim } from '../../local/stripe/sim.ts';
import { patients } from '../doctor/finds.ts';

const patient = patients();
const NEW = { secretKey: 'sk_test_new', publishableKey: 'pk_test_new' };
const NOW = 1_800_000_000;

const kept = () => readKeys(patient().address.secrets, 'secret');
const rotatedKeys = (keys: Partial<typeof NEW> = {}) => rotateKeys(patient().address, { ...NEW, ...keys }, NOW);

describe('rotate keys', () => {
  it('puts others of the same account into the secret, and says from when on the old ones are unused', async () => {
    const rotated = await rotatedKeys();
    expect(rotated).toEqual({ state: 'rotated', oldUnusedAt: NOW + 300 + 900 });
    expect(await kept()).toEqual({ ...patient().keys, ...NEW });
    expect(keysWords(rotated).join('\n')).toContain('After 2027-01-15 08:20:00 UTC delete it');
  });

  it('does so too when the old key works no more', async () => {
    await sim(patient().simulator, 'POST /keys', { key: patient().keys.secretKey, expired: true });
    expect(await rotatedKeys()).toMatchObject({ state: 'rotated' });
  });

  it('finds nothing to do the second time', async () => {
    await rotatedKeys();
    expect(await rotatedKeys()).toEqual({ state: 'unchanged' });
  });

  it.each([
    ['of the other mode', { secretKey: 'sk_live_new' }, 'These are live keys'],
    ['that expired', { secretKey: 'sk_test_expired' }, 'Expired API Key'],
    ['without a right', { secretKey: 'rk_test_new' }, 'lacks these rights: Prices: write'],
  ])('changes nothing for a key %s', async (_, keys, why) => {
    await sim(patient().simulator, 'POST /keys', { key: 'sk_test_expired', expired: true });
    await sim(patient().simulator, 'POST /keys', { key: 'rk_test_new', without: ['/v1/prices'] });
    await expect(rotatedKeys(keys)).rejects.toThrow(why);
    expect(await kept()).toEqual(patient().keys);
  });

  it('changes nothing for keys of another account', async () => {
    await patient().keep({ portalConfiguration: 'bpc_of_the_stack' });
    await expect(rotatedKeys()).rejects.toThrow('does not have bpc_of_the_stack');
  });
});

describe('rotate webhook', () => {
  const rotated = (how: Partial<Parameters<typeof rotateWebhook>[0]> = {}) => {
    const { stripe, address } = patient();
    const place = { stripe, secrets: address.secrets, secretId: 'secret', url: address.outputs.webhookUrl };
    const sync = { event: async () => 'ignored' as const };
    return rotateWebhook({ ...place, sync, pace: (call) => call(), finish: false, atOnce: false, ...how });
  };
  const endpoints = async () => (await patient().stripe.webhookEndpoints.list()).data.map(({ id }) => id);

  it('has two endpoints deliver for a day, and says how it stands when it is typed again', async () => {
    const begun = await rotated();
    expect(begun).toMatchObject({ state: 'begun', replaced: patient().keys.webhookEndpoint });
    expect(await rotated()).toMatchObject({ state: 'waiting' });
    expect(await endpoints()).toHaveLength(2);
    expect((await kept()).webhookSecrets).toContain(patient().keys.webhookSecrets[0]);
    expect(webhookWords(begun).join('\n')).toMatch(/What comes next: after \d{4}-\d\d-\d\d .* UTC.*--finish/);
  });

  it('is not ended before the day has passed, unless it is wanted at once', async () => {
    await rotated();
    const early = await rotated({ finish: true });
    expect(early).toMatchObject({ state: 'waiting' });
    expect(tooEarly('endsAt' in early ? early.endsAt : 0)).toContain('at once with --now');
    expect(await rotated({ finish: true, atOnce: true })).toMatchObject({ state: 'finished' });
    expect(await endpoints()).toEqual([(await kept()).webhookEndpoint]);
  });

  it('begins nothing when it should only be ended', async () => {
    expect(await rotated({ finish: true })).toEqual({ state: 'none' });
    expect(await endpoints()).toHaveLength(1);
  });

  it('ends nothing while an event that only the old endpoint had to deliver cannot be applied', async () => {
    await sim(patient().simulator, 'POST /delivery', { mode: 'hold' });
    const { id } = await patient().stripe.customers.create();
    await patient().stripe.customers.update(id, { name: 'Ada' });
    await rotated();
    const sync = { event: () => Promise.reject(new Error('the table is down')) };
    await expect(rotated({ atOnce: true, sync })).rejects.toThrow('the table is down');
    expect(await endpoints()).toHaveLength(2);
  });

  it('is not for where the Stripe CLI delivers, nor for where there is no endpoint', async () => {
    await patient().keep({ webhookEndpoint: '' });
    await expect(rotated()).rejects.toThrow('nothing to rotate');
    await patient().keep({ webhookEndpoint: 'we_gone' });
    await expect(rotated()).rejects.toThrow('npm run operator -- setup');
  });
});
