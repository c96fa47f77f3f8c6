import { describe, expect, it } from '@jest/globals';
import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  TableName,
  batches,
  dynamo,
  follows,
  hasHeard,
  keyOf,
  listens,
  names,
  put,
  readsStream,
  sends,
  table,
  template,
} from './follower.ts';
import { run, until } from './run.ts';

describe('a table’s stream', () => {
  it('tells every change of an item, with what it was and is, in order', async () => {
    const stack = await run({ template: template(), assets: listens });
    await put(stack, 'a', { n: { N: '1' } });
    const change = { UpdateExpression: 'SET n = :n', ExpressionAttributeValues: { ':n': { N: '2' } } };
    await dynamo(stack).send(new UpdateItemCommand({ TableName, Key: keyOf('a'), ...change }));
    await dynamo(stack).send(new DeleteItemCommand({ TableName, Key: keyOf('a') }));
    const records = await hasHeard(stack, 3);
    const [one, two] = [1, 2].map((n) => ({ ...keyOf('a'), n: { N: String(n) } }));
    expect(records.map(({ eventName, dynamodb }) => [eventName, dynamodb.OldImage, dynamodb.NewImage])).toEqual([
      ['INSERT', undefined, one],
      ['MODIFY', one, two],
      ['REMOVE', two, undefined],
    ]);
    const numbers = records.map(({ dynamodb }) => BigInt(dynamodb.SequenceNumber));
    expect(numbers).toEqual(numbers.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(records[0]?.eventSourceARN).toMatch(/^arn:aws:dynamodb:us-east-1:000000000000:table\/Try-Table\/stream\//);
  });

  it('tells nothing of a write that was refused, or that changed nothing', async () => {
    const stack = await run({ template: template(), assets: listens });
    await put(stack, 'a');
    await put(stack, 'a');
    const refused = new PutItemCommand({
      TableName,
      Item: keyOf('a'),
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    await expect(dynamo(stack).send(refused)).rejects.toThrow('conditional request failed');
    await put(stack, 'b');
    expect(names(await hasHeard(stack, 2))).toEqual(['a', 'b']);
  });

  it('tells each change once, however many write the same item at the same time', async () => {
    const stack = await run({ template: template(), assets: listens });
    const add = { UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } };
    const writes = Array.from({ length: 20 }, () => new UpdateItemCommand({ TableName, Key: keyOf('n'), ...add }));
    const client = dynamo(stack);
    await put(stack, 'n');
    await Promise.all(writes.map((write) => client.send(write)));
    const images = (await hasHeard(stack, 21)).map(({ dynamodb }) => JSON.stringify(dynamodb.NewImage));
    expect(new Set(images).size).toBe(21);
  });

  it('shows what the template asks for', async () => {
    const keysOnly = template({}, [...readsStream, sends], table('KEYS_ONLY'));
    const stack = await run({ template: keysOnly, assets: listens });
    await put(stack, 'a', { n: { N: '1' } });
    const [record] = await hasHeard(stack, 1);
    expect(record?.dynamodb).toMatchObject({ Keys: keyOf('a') });
    expect(record?.dynamodb).not.toHaveProperty('NewImage');
  });

  it('goes on in another life where nobody was done with it, and tells nothing of what is put back', async () => {
    const first = await run({
      template: template(),
      assets: follows('() => new Promise(() => tell({ Records: [] }))'),
    });
    await put(first, 'a');
    await until(() => batches(first)[0]);
    const kept = await first.dump();
    await first.stop();
    const second = await run({ template: template(), assets: listens });
    await second.restore(kept);
    await put(second, 'b');
    expect(names(await hasHeard(second, 2))).toEqual(['a', 'b']);
  });
});
