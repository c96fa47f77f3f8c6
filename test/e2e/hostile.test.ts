import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import type { Local } from '../../bin/local/start.ts';
import { everything } from '../functions/everything.ts';
import { asksForCheckout, PATIENCE, runs } from '../functions/hostile-input.ts';
import { payWith } from '../functions/world.ts';
import { lengthHeaders, request, tokenHeaders, type Drawn, type Headers } from './hostile-requests.ts';
import { startForTest } from './local-cloud.ts';
import { signIn, type Person } from './person.ts';
import { bytesOf, statusOf, type RawRequest } from './raw-http.ts';

jest.setTimeout(PATIENCE * 2);

let local: Local;
let ada: Person;
let before: unknown;

beforeAll(async () => {
  local = await startForTest();
  ada = await signIn(local, 'ada@example.com');
  const { json } = await ada.post('/api/checkout', { plan: 'starter_monthly' });
  await payWith(String(json['url']), '4242424242424242');
  await ada.get(`/api/checkout/${/cs_test_\w+/.exec(String(json['url']))?.[0]}`);
  before = await records();
});
afterAll(() => local?.stop());

/** Customers and subscriptions. What is announced of them follows in its own time. */
async function records() {
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  const plain = new DynamoDBClient({ endpoint: local.endpoints.dynamodb, region: 'us-east-1', credentials });
  const { TableNames: [name = ''] = [] } = await plain.send(new ListTablesCommand());
  const items = Object.entries(await everything({ client: DynamoDBDocumentClient.from(plain), name }));
  plain.destroy();
  return items.filter(([key]) => /"(customer|subscription#\w+)"\]$/.test(key));
}

function rawOf({ aim, json, headers, body, token, length }: Drawn, base: string): RawRequest {
  const own: Headers = [
    ['host', new URL(base).host],
    ...tokenHeaders(token, ada.token),
    ...lengthHeaders(length, body.length),
  ];
  const type: Headers = json ? [['content-type', 'application/json']] : [];
  return { ...aim, body, headers: [...own, ...type, ...headers, ['connection', 'close']] };
}

describe('whatever comes over the wire', () => {
  it('is answered with no 5xx, by the page’s address and by the API’s', async () => {
    const property = fc.asyncProperty(request, async (drawn) => {
      fc.pre(!asksForCheckout(drawn.body.toString(), false, { 'content-type': 'application/json' }));
      const base = drawn.site ? local.endpoints.site : local.endpoints.api;
      expect(await statusOf(base, bytesOf(rawOf(drawn, base)))).toBeLessThan(500);
    });
    await fc.assert(property, { numRuns: runs(200, 0.02) });
  });

  it.each([1024 * 1024 + 1, 5 * 1024 * 1024, 11 * 1024 * 1024])(
    'a webhook of %i bytes is too large',
    async (length) => {
      const body = Buffer.alloc(length, 'x');
      const headers = [
        ['host', new URL(local.endpoints.api).host],
        ['content-length', String(length)],
        ['connection', 'close'],
      ] as const;
      const raw = bytesOf({ method: 'POST', target: '/webhook', headers, body });
      expect(await statusOf(local.endpoints.api, raw)).toBe(413);
    },
  );

  it('has changed no record, and the API goes on', async () => {
    expect(await records()).toEqual(before);
    expect(await ada.get('/api/members')).toMatchObject({ status: 200 });
  });
});
