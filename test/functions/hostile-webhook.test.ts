import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { bodyText, headers, PATIENCE, runs } from './hostile-input.ts';
import { RIGHT, signed, wrongSignature } from './hostile-signatures.ts';
import { expectRefused } from './refused.ts';
import { openShop, type Shop } from './shop.ts';
import { httpEvent } from './world.ts';

jest.setTimeout(PATIENCE);
const sent = jest.spyOn(DynamoDBDocumentClient.prototype, 'send');

let shop: Shop;
let genuine: string;

beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const) jest.spyOn(console, level).mockReturnValue(undefined);
  shop = await openShop();
  await shop.success('ada', await shop.subscribe('ada'));
  genuine = JSON.stringify((await shop.eventsOf('ada'))[0]);
  sent.mockClear();
});
afterAll(() => shop.stop());

describe('whatever a stranger sends to the webhook', () => {
  it('is refused, and reaches no record and no call of Stripe’s', async () => {
    const fetched = jest.spyOn(globalThis, 'fetch');
    const payload = fc.oneof(bodyText, fc.constant(genuine));
    const property = fc.asyncProperty(
      payload,
      wrongSignature,
      headers,
      fc.boolean(),
      async (body, sign, more, base64) => {
        const signature = sign(body);
        const event = httpEvent('POST', {
          body: base64 ? Buffer.from(body).toString('base64') : body,
          base64,
          headers: { ...more, ...(signature !== undefined && { 'stripe-signature': signature }) },
        });
        expectRefused(await shop.route.webhook(event), [400]);
        expect(sent).not.toHaveBeenCalled();
      },
    );
    await fc.assert(property, { numRuns: runs(1000, 0.45) });
    expect(fetched).not.toHaveBeenCalled();
    fetched.mockRestore();
  });

  it.each(Object.entries(RIGHT))('is no stranger’s when it is signed %s', async (_, sign) => {
    const body = JSON.stringify({ ...JSON.parse(genuine), type: 'unheard.of' });
    const event = httpEvent('POST', { body, headers: { 'stripe-signature': sign(body) ?? '' } });
    expect(await shop.route.webhook(event)).toMatchObject({ statusCode: 200 });
  });

  it('and is signed with our secret, but is no event, is refused', async () => {
    const property = fc.asyncProperty(bodyText, async (body) => {
      const event = httpEvent('POST', { body, headers: { 'stripe-signature': signed(body) } });
      expectRefused(await shop.route.webhook(event), [400]);
      expect(sent).not.toHaveBeenCalled();
    });
    await fc.assert(property, { numRuns: runs(300, 0.1) });
  });
});
