import { marshall } from '@aws-sdk/util-dynamodb';
import { at } from '../billing/json.ts';
import { listen, readBody } from '../local/net/server.ts';
import { parseObject } from '../local/template/json.ts';
import { ITEMS, numberOf } from './growth/items.ts';

/*
 * A DynamoDB in a process of its own that answers as if everybody were a subscriber: what is queried is there, and what is written is
 * accepted. It says where it is, and how often it was called whenever it is told anything.
 */
let calls = 0;
const { url } = await listen(async (request, response) => {
  const operation = String(request.headers['x-amz-target']).split('.')[1];
  const asked = parseObject(String(await readBody(request, 1024 * 1024)), 'request');
  calls += 1;
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(operation === 'Query' ? itemsOf(asked) : {}));
});

function itemsOf(asked: object): object {
  const n = numberOf(String(at(asked, 'ExpressionAttributeValues', ':userId', 'S')));
  return { Items: ITEMS.map((item) => marshall(item(n))) };
}

process.on('message', () => {
  process.send?.(calls);
  calls = 0;
});
process.on('disconnect', () => process.exit());
process.send?.(url);
