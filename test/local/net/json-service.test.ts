import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startJsonService } from '../../../local/net/json-service.ts';
import type { Listening } from '../../../local/net/server.ts';

let service: Listening;
beforeAll(async () => {
  service = await startJsonService(100, async ({ operation, body }) => ({ operation, name: body.text('Name') }));
});
afterAll(() => service.close());

async function ask(body: string) {
  const headers = { 'x-amz-target': 'service.GetThing', 'content-type': 'application/x-amz-json-1.1' };
  const response = await fetch(service.url, { method: 'POST', headers, body });
  return { status: response.status, json: await response.json() };
}

describe('a service in AWS’s JSON protocol', () => {
  it('hands over the operation and what was asked for', async () => {
    expect(await ask('{"Name":"5"}')).toEqual({ status: 200, json: { operation: 'GetThing', name: '5' } });
  });

  it.each(['{"Name":5}', '{"Name":true}', '{"Name":null}', '{}'])(
    'takes a text for a text only, unlike CloudFormation: %s',
    async (body) => {
      const { status, json } = await ask(body);
      expect(status).toBe(400);
      expect(json).toMatchObject({
        __type: 'ValidationException',
        message: expect.stringContaining('Mend the request.'),
      });
    },
  );

  it.each(['', '{', '[]', 'null', `{"Name":"${'x'.repeat(100)}"}`])('refuses what is no request: %s', async (body) => {
    expect((await ask(body)).status).toBe(400);
  });
});
