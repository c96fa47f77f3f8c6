import { BatchWriteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Json, JsonObject } from '../../../local/template/json.ts';
import { allow, getAtt, lambdaFunction, ref } from './assembly.ts';
import { until, type Running } from './run.ts';

// A table, a function `Follow` that follows its stream, and what is done to the one and heard by the other.

export const TableName = 'Try-Table';

export const table = (StreamViewType = 'NEW_AND_OLD_IMAGES'): JsonObject => ({
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

export const readsStream = [
  allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], getAtt('Table', 'StreamArn')),
  allow('dynamodb:ListStreams', '*'),
];
export const sends = allow('sqs:SendMessage', getAtt('Queue', 'Arn'));

/** A function that follows a table; what is not said of the mapping is as Lambda has it. */
export function template(
  mapping: JsonObject = {},
  statements: Json[] = [...readsStream, sends],
  Table = table(),
): JsonObject {
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

export const tells = 'const tell = ({ Records }) => console.log("heard " + JSON.stringify(Records));';
export const follows = (handler: string) => ({
  Follow: { 'index.mjs': `${tells} export const handler = ${handler};` },
});
export const listens = follows('async (event) => tell(event)');
/** Fails on every record of this sort key, and says so in its answer. */
export const reports = follows(`async (event) => {
  tell(event);
  const bad = event.Records.filter(({ dynamodb }) => dynamodb.Keys.sk.S === 'bad');
  return { batchItemFailures: bad.map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
}`);
export const throws = follows(`async (event) => {
  tell(event);
  if (event.Records.some(({ dynamodb }) => dynamodb.Keys.sk.S === 'bad')) throw new Error('not today');
}`);
export const ReportBatchItemFailures = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
export const toQueue = { DestinationConfig: { OnFailure: { Destination: getAtt('Queue', 'Arn') } } };

interface Heard {
  eventID: string;
  eventName: string;
  eventSourceARN: string;
  dynamodb: { Keys: { sk: { S: string } }; SequenceNumber: string; NewImage?: unknown; OldImage?: unknown };
}

/** Every batch that the function got. */
export function batches({ lines }: Running): Heard[][] {
  return lines.filter((line) => line.startsWith('[Try-Follow] heard ')).map((line) => JSON.parse(line.slice(19)));
}
export const heard = (stack: Running): Heard[] => batches(stack).flat();
export const names = (records: Heard[]): string[] => records.map(({ dynamodb }) => dynamodb.Keys.sk.S);
export const hasHeard = (stack: Running, count: number) =>
  until(() => (heard(stack).length >= count ? heard(stack) : undefined));
export const letter = ({ lines }: Running) => until(() => lines.find((line) => line.startsWith('[sqs]')));

export const dynamo = (stack: Running): DynamoDBClient =>
  new DynamoDBClient({
    endpoint: stack.dynamodb,
    region: 'us-east-1',
    credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
  });
export const keyOf = (sk: string) => ({ pk: { S: 'user' }, sk: { S: sk } });
export const put = (stack: Running, sk: string, more = {}) =>
  dynamo(stack).send(new PutItemCommand({ TableName, Item: { ...keyOf(sk), ...more } }));
export const putAtOnce = (stack: Running, sks: string[]) =>
  dynamo(stack).send(
    new BatchWriteItemCommand({
      RequestItems: { [TableName]: sks.map((sk) => ({ PutRequest: { Item: keyOf(sk) } })) },
    }),
  );
