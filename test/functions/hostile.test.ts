import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import type { Handler } from '../../functions/shared/http.ts';
import { routeKey, routes } from '../../lib/routes.ts';
import { everything } from './everything.ts';
import { asksForCheckout, body, headers, PATIENCE, runs, text } from './hostile-input.ts';
import { expectRefused } from './refused.ts';
import { openShop, type Shop } from './shop.ts';
import { httpEvent } from './world.ts';

const sent = jest.spyOn(DynamoDBDocumentClient.prototype, 'send');

jest.setTimeout(PATIENCE);

let shop: Shop;
let before: unknown;

const handlerOf = async (name: string): Promise<Handler> => (await import(`../../functions/${name}.ts`)).handler;

beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const) jest.spyOn(console, level).mockReturnValue(undefined);
  shop = await openShop();
  await shop.success('ada', await shop.subscribe('ada'));
  before = await everything(shop.table);
  sent.mockClear();
});
afterAll(() => shop.stop());

/** Reads only: `QueryCommand`, `GetCommand`. */
function expectNothingWritten(): void {
  const commands = sent.mock.calls.map(([command]) => command.constructor.name);
  expect(commands.filter((name) => !/^(Query|Get|Scan)Command$/.test(name))).toEqual([]);
  sent.mockClear();
}

const GATEWAY = routes.filter(({ caller }) => caller !== 'stripe');

describe.each(GATEWAY.map((route) => [routeKey(route), route] as const))(
  '%s',
  (_, { method, path, function: name }) => {
    const parameter = /\{(\w+)\}/.exec(path)?.[1];
    /** Those who have nothing, and those who subscribed. */
    const user = fc.constantFrom('nobody', 'ada');

    it('answers whatever comes in a fitting way, and writes nothing', async () => {
      const handle = await handlerOf(name);
      const call = fc.tuple(user, body, headers, text, text);
      const property = fc.asyncProperty(call, async ([user, { body, base64 }, headers, odd, query]) => {
        fc.pre(!asksForCheckout(body, base64, headers));
        const event = httpEvent(method, {
          user,
          headers,
          base64,
          ...(body !== undefined && method === 'POST' && { body }),
          ...(parameter !== undefined && { parameters: { [parameter]: odd } }),
        });
        const result = await handle({
          ...event,
          rawQueryString: query,
          queryStringParameters: { [odd]: query, after: query },
        });
        if (result.statusCode !== 200) expectRefused(result, [400, 403, 404, 409, 413, 415]);
        expectNothingWritten();
      });
      await fc.assert(property, { numRuns: runs(100, 0.04) });
    });

    it('takes no token whose "sub" is none', async () => {
      const handle = await handlerOf(name);
      const sub = fc
        .oneof(text, fc.jsonValue())
        .filter((sub) => typeof sub !== 'string' || !/^[\x20-\x7e]{1,200}$/.test(sub));
      const property = fc.asyncProperty(sub, async (sub) => {
        const event = httpEvent(method, {
          user: 'ada',
          body: '{"plan":"starter_monthly"}',
          headers: { 'content-type': 'application/json' },
        });
        const { requestContext } = event;
        const result = await handle({
          ...event,
          requestContext: { ...requestContext, authorizer: { jwt: { claims: { sub } } } },
        });
        if (name === 'config') expect(result.statusCode).toBe(200);
        else expectRefused(result, parameter === undefined ? [401] : [401, 404]);
        expectNothingWritten();
      });
      await fc.assert(property, { numRuns: runs(40, 0.01) });
    });
  },
);

describe('an address that no route has', () => {
  it('is refused', async () => {
    const fallback = await handlerOf('fallback');
    const methods = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'QUERY', '');
    const paths = fc.oneof(
      text.map((odd) => `/${odd}`),
      text.map((odd) => `/api/checkout/${odd}`),
      fc.constant('/api/config'),
    );
    const property = fc.asyncProperty(
      methods,
      paths,
      headers,
      body,
      async (method, path, headers, { body, base64 }) => {
        const event = httpEvent(method, { path, headers, base64, ...(body !== undefined && { body }) });
        expectRefused(await fallback(event), [404, 405]);
      },
    );
    await fc.assert(property, { numRuns: runs(300, 0.1) });
  });
});

describe('after all that', () => {
  it('every record is as it was', async () => {
    expect(await everything(shop.table)).toEqual(before);
  });
});
