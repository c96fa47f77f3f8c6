import { describe, expect, it } from '@jest/globals';
import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Json, JsonObject } from '../../../local/template/json.ts';
import { allow, getAtt, lambdaFunction, ref } from './assembly.ts';
import { run, until, type Running } from './run.ts';

const TableName = 'Try-Table';

const table = (StreamViewType = 'NEW_AND_OLD_IMAGES'): JsonObject => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    StreamSpecification: { StreamViewType },
  },
});

const readsStream = [
  allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], getAtt('Table', 'StreamArn')),
  allow('dynamodb:ListStreams', '*'),
];
const sends = allow('sqs:SendMessage', getAtt('Queue', 'Arn'));

/** A function that follows a table; what is not said of the mapping is as Lambda has it. */
function template(mapping: JsonObject = {}, statements: Json[] = [...readsStream, sends], Table = table()): JsonObject {
  const Mapping = {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: getAtt('Table', 'StreamArn'),
      FunctionName: ref('Follow'),
      StartingPosition: 'TRIM_HORIZON',
      ...mapping,
    },
  };
  const Queue = { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: true } };
  return { Resources: { ...lambdaFunction('Follow', statements), Table, Queue, Mapping } };
}

const tells = 'const tell = ({ Records }) => console.log("heard " + JSON.stringify(Records));';
const follows = (handler: string) => ({ Follow: { 'index.mjs': `${tells} export const handler = ${handler};` } });
const listens = follows('async (event) => tell(event)');
/** Fails on every record of this sort key, and says so in its answer. */
const reports = follows(`async (event) => {
  tell(event);
  const bad = event.Records.filter(({ dynamodb }) => dynamodb.Keys.sk.S === 'bad');
  return { batchItemFailures: bad.map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
}`);
const throws = follows(`async (event) => {
  tell(event);
  if (event.Records.some(({ dynamodb }) => dynamodb.Keys.sk.S === 'bad')) throw new Error('not today');
}`);
const ReportBatchItemFailures = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const toQueue = { DestinationConfig: { OnFailure: { Destination: getAtt('Queue', 'Arn') } } };

interface Heard {
  eventID: string;
  eventName: string;
  eventSourceARN: string;
  dynamodb: { Keys: { sk: { S: string } }; SequenceNumber: string; NewImage?: unknown; OldImage?: unknown };
}

/** Every batch that the function got. */
function batches({ lines }: Running): Heard[][] {
  return lines.filter((line) => line.startsWith('[Try-Follow] heard ')).map((line) => JSON.parse(line.slice(19)));
}
const heard = (stack: Running): Heard[] => batches(stack).flat();
const names = (records: Heard[]): string[] => records.map(({ dynamodb }) => dynamodb.Keys.sk.S);
const hasHeard = (stack: Running, count: number) =>
  until(() => (heard(stack).length >= count ? heard(stack) : undefined));
const letter = ({ lines }: Running) => until(() => lines.find((line) => line.startsWith('[sqs]')));

const dynamo = (stack: Running): DynamoDBClient =>
  new DynamoDBClient({
    endpoint: stack.dynamodb,
    region: 'us-east-1',
    credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
  });
const keyOf = (sk: string) => ({ pk: { S: 'user' }, sk: { S: sk } });
const put = (stack: Running, sk: string, more = {}) =>
  dynamo(stack).send(new PutItemCommand({ TableName, Item: { ...keyOf(sk), ...more } }));
const putAtOnce = (stack: Running, sks: string[]) =>
  dynamo(stack).send(
    new BatchWriteItemCommand({
      RequestItems: { [TableName]: sks.map((sk) => ({ PutRequest: { Item: keyOf(sk) } })) },
    }),
  );

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

describe('the mapping to a function', () => {
  it('brings batches, none larger than it says', async () => {
    const stack = await run({ template: template({ BatchSize: 2 }), assets: listens });
    await putAtOnce(stack, ['a', 'b', 'c', 'd', 'e']);
    await hasHeard(stack, 5);
    expect(Math.max(...batches(stack).map((batch) => batch.length))).toBe(2);
  });

  it('brings only what its filters want', async () => {
    const Pattern = JSON.stringify({ dynamodb: { Keys: { sk: { S: [{ prefix: 'subscription#' }] } } } });
    const stack = await run({ template: template({ FilterCriteria: { Filters: [{ Pattern }] } }), assets: listens });
    for (const sk of ['customer', 'subscription#1', 'access', 'subscription#2']) await put(stack, sk);
    expect(names(await hasHeard(stack, 2))).toEqual(['subscription#1', 'subscription#2']);
  });

  it('brings again what the function says has failed, from the first of them on', async () => {
    const stack = await run({
      template: template({ ...ReportBatchItemFailures, ...toQueue, MaximumRetryAttempts: 1 }),
      assets: reports,
    });
    await putAtOnce(stack, ['a', 'bad', 'c']);
    const message = await letter(stack);
    const [first, ...others] = batches(stack).map(names);
    const from = (first ?? []).indexOf('bad');
    expect(others).toEqual([first?.slice(from)]);
    expect(JSON.parse(message.slice(message.indexOf('{')))).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      DDBStreamBatchInfo: { batchSize: 3 - from },
    });
  });

  it('brings all of a batch again when it fails as a whole, and goes on after the last attempt', async () => {
    const stack = await run({ template: template({ ...toQueue, MaximumRetryAttempts: 2 }), assets: throws });
    await put(stack, 'bad');
    expect(await letter(stack)).toContain('[sqs] Try-Queue: ');
    await put(stack, 'good');
    expect(names(await hasHeard(stack, 4))).toEqual(['bad', 'bad', 'bad', 'good']);
  });

  it('finds the one bad record by halves, when it is told to', async () => {
    const mapping = { ...toQueue, MaximumRetryAttempts: 0, BisectBatchOnFunctionError: true };
    const stack = await run({ template: template(mapping), assets: throws });
    await putAtOnce(stack, ['a', 'b', 'bad', 'c', 'd']);
    expect(JSON.parse((await letter(stack)).slice('[sqs] Try-Queue: '.length))).toMatchObject({
      DDBStreamBatchInfo: { batchSize: 1 },
    });
    const good = () =>
      batches(stack)
        .map(names)
        .filter((batch) => !batch.includes('bad'))
        .flat();
    await until(() => (good().length === 4 ? true : undefined));
    expect(good().toSorted()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('treats an answer that names no record of the batch as the failure of all', async () => {
    const odd = follows('async (event) => { tell(event); return { batchItemFailures: [{ itemIdentifier: "7" }] }; }');
    const mapping = { ...ReportBatchItemFailures, ...toQueue, MaximumRetryAttempts: 1 };
    const stack = await run({ template: template(mapping), assets: odd });
    await putAtOnce(stack, ['a', 'b']);
    await letter(stack);
    expect(new Set(batches(stack).map((batch) => batch.length))).toEqual(new Set([2]));
  });

  it('gives up what is too old', async () => {
    const stack = await run({ template: template({ ...toQueue, MaximumRecordAgeInSeconds: 60 }), assets: listens });
    await put(stack, 'young');
    const [young] = await hasHeard(stack, 1);
    const { streams = {}, ...kept } = await stack.dump();
    const [arn = ''] = Object.keys(streams);
    const old = structuredClone(Object(young));
    old.dynamodb.ApproximateCreationDateTime -= 61;
    await stack.restore({ ...kept, tables: {}, streams: { [arn]: [old] } });
    expect(await letter(stack)).toContain('MaximumRecordAgeExceeded');
    expect(heard(stack)).toHaveLength(1);
  });

  it('that is not enabled brings nothing', async () => {
    const stack = await run({ template: template({ Enabled: false }), assets: listens });
    await put(stack, 'a');
    expect(Object.values((await stack.dump()).streams ?? {})).toEqual([[]]);
    expect(heard(stack)).toEqual([]);
  });

  it.each([
    ['dynamodb:GetRecords', [sends, allow('dynamodb:ListStreams', '*')], {}],
    ['dynamodb:ListStreams', [readsStream[0] ?? '', sends], {}],
    ['sqs:SendMessage', readsStream, toQueue],
  ])('is not made when the function’s role may not %s', async (action, statements, mapping) => {
    const made = run({ template: template(mapping, statements), assets: listens });
    await expect(made).rejects.toThrow(/role does not allow/);
    await expect(made).rejects.toThrow(action === 'dynamodb:GetRecords' ? 'dynamodb:DescribeStream' : action);
  });
});
