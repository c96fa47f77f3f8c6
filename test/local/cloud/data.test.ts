import { beforeAll, describe, expect, it } from '@jest/globals';
import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { request } from 'node:http';
import { allow, getAtt, httpApi, lambdaFunction, ref, route } from './assembly.ts';
import { run, type Running } from './run.ts';

interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

const operator: Credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
const asked = { 'index.mjs': 'export const handler = async () => process.env;' };
let stack: Running;
let mine: Credentials;

const table = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'customerId', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'customer',
        KeySchema: [{ AttributeName: 'customerId', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  },
};

beforeAll(async () => {
  const statements = [
    allow(['dynamodb:GetItem', 'dynamodb:PutItem'], getAtt('Table', 'Arn')),
    { Effect: 'Deny', Action: 'dynamodb:PutItem', Resource: getAtt('Table', 'Arn') },
    allow('dynamodb:Query', { 'Fn::Join': ['', [getAtt('Table', 'Arn'), '/index/customer']] }),
    allow('secretsmanager:GetSecretValue', ref('Secret')),
  ];
  const Resources = {
    ...lambdaFunction('Mine', statements),
    ...httpApi(),
    ...route('GET /mine', 'Mine'),
    Table: table,
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Description: 'keys' } },
    Other: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'given' } },
  };
  const Outputs = { Table: { Value: ref('Table') }, Secret: { Value: ref('Secret') }, Other: { Value: ref('Other') } };
  stack = await run({ template: { Resources, Outputs }, assets: { Mine: asked } });
  const environment = Object(await (await fetch(`${stack.apis[0]}/mine`)).json());
  mine = { accessKeyId: environment.AWS_ACCESS_KEY_ID, secretAccessKey: environment.AWS_SECRET_ACCESS_KEY };
});

const dynamo = (credentials: Credentials): DynamoDBClient =>
  new DynamoDBClient({ endpoint: stack.dynamodb, region: 'us-east-1', credentials });
const secrets = (credentials: Credentials): SecretsManagerClient =>
  new SecretsManagerClient({ endpoint: stack.secrets, region: 'us-east-1', credentials });
const TableName = 'Try-Table';
const byCustomer = {
  TableName,
  KeyConditionExpression: 'customerId = :c',
  ExpressionAttributeValues: { ':c': { S: 'cus_1' } },
};

describe('the table', () => {
  it('has the keys and indexes of the template', async () => {
    const Item = { pk: { S: 'user' }, customerId: { S: 'cus_1' }, name: { S: 'x' } };
    await dynamo(operator).send(new PutItemCommand({ TableName, Item }));
    const found = await dynamo(operator).send(new QueryCommand({ ...byCustomer, IndexName: 'customer' }));
    expect(found.Items).toEqual([{ pk: { S: 'user' }, customerId: { S: 'cus_1' } }]);
    expect(stack.outputs['Table']).toBe(TableName);
  });
});

describe('a function’s AWS calls are held against its policies', () => {
  const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Try-Table';
  const who = 'User: arn:aws:sts::000000000000:assumed-role/Try-MineRole/Try-Mine is not authorized to perform';

  it('what they allow is done', async () => {
    await dynamo(operator).send(new PutItemCommand({ TableName, Item: { pk: { S: 'seen' } } }));
    const { Item } = await dynamo(mine).send(new GetItemCommand({ TableName, Key: { pk: { S: 'seen' } } }));
    expect(Item).toEqual({ pk: { S: 'seen' } });
  });

  it('what they do not allow is refused in AWS’s words, and logged', async () => {
    await expect(dynamo(mine).send(new ScanCommand({ TableName }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `${who}: dynamodb:Scan on resource: ${arn} because no identity-based policy allows the dynamodb:Scan action`,
    });
    expect(stack.lines.join('\n')).toContain(`[iam] ${who}: dynamodb:Scan`);
  });

  it('an explicit deny wins', async () => {
    const put = new PutItemCommand({ TableName, Item: { pk: { S: 'x' } } });
    await expect(dynamo(mine).send(put)).rejects.toThrow('with an explicit deny in an identity-based policy');
  });

  it('a grant on an index is none on its table', async () => {
    const onIndex = dynamo(mine).send(new QueryCommand({ ...byCustomer, IndexName: 'customer' }));
    await expect(onIndex).resolves.toBeDefined();
    const onTable = new QueryCommand({ ...byCustomer, KeyConditionExpression: 'pk = :c' });
    await expect(dynamo(mine).send(onTable)).rejects.toThrow(`dynamodb:Query on resource: ${arn} because`);
  });

  it('a stranger’s key is not known', async () => {
    const stranger = dynamo({ accessKeyId: 'AKIASTRANGER', secretAccessKey: 'x' });
    const get = new GetItemCommand({ TableName, Key: { pk: { S: 'x' } } });
    await expect(stranger.send(get)).rejects.toThrow('The security token included in the request is invalid.');
  });
});

describe('the endpoints of AWS’s services', () => {
  const authorization = 'AWS4-HMAC-SHA256 Credential=operator/x';
  const status = (url: string, headers: Record<string, string>): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const outgoing = request(url, { method: 'POST', headers: { authorization, ...headers } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      outgoing.on('error', reject).end('{}');
    });

  it('are for programs: what a browser asks on behalf of a page is refused', async () => {
    for (const url of [stack.dynamodb, stack.secrets]) {
      expect(await status(url, {})).not.toBe(403);
      expect(await status(url, { origin: 'http://localhost:4242' })).toBe(403);
      expect(await status(url, { host: 'rebound.example.com' })).toBe(403);
    }
  });
});

describe('a secret', () => {
  it('has no value until somebody puts one', async () => {
    const SecretId = stack.outputs['Secret'];
    await expect(secrets(mine).send(new GetSecretValueCommand({ SecretId }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    });
    await secrets(operator).send(new PutSecretValueCommand({ SecretId, SecretString: 'first' }));
    expect(await secrets(mine).send(new GetSecretValueCommand({ SecretId }))).toMatchObject({ SecretString: 'first' });
  });

  it('keeps the value before the current one as AWSPREVIOUS', async () => {
    const SecretId = stack.outputs['Other'];
    const put = await secrets(operator).send(new PutSecretValueCommand({ SecretId, SecretString: 'new' }));
    const read = (VersionStage?: string): Promise<{ SecretString?: string | undefined }> =>
      secrets(operator).send(
        new GetSecretValueCommand({ SecretId, ...(VersionStage !== undefined && { VersionStage }) }),
      );
    expect(await read()).toMatchObject({ SecretString: 'new', VersionId: put.VersionId });
    expect(await read('AWSPREVIOUS')).toMatchObject({ SecretString: 'given' });
    const { VersionIdsToStages } = await secrets(operator).send(new DescribeSecretCommand({ SecretId }));
    expect(Object.values(VersionIdsToStages ?? {})).toEqual([['AWSPREVIOUS'], ['AWSCURRENT']]);
  });

  it('can be read by those only whose policies allow it', async () => {
    const put = new PutSecretValueCommand({ SecretId: stack.outputs['Secret'], SecretString: 'mine' });
    await expect(secrets(mine).send(put)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const other = new GetSecretValueCommand({ SecretId: stack.outputs['Other'] });
    await expect(secrets(mine).send(other)).rejects.toThrow(
      'no identity-based policy allows the secretsmanager:GetSecretValue',
    );
  });

  it('that is not there is not found', async () => {
    const get = new GetSecretValueCommand({ SecretId: 'nowhere' });
    await expect(secrets(operator).send(get)).rejects.toThrow("Secrets Manager can't find the specified secret.");
  });
});
