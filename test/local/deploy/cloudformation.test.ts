import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmptyCloud, table, textOf, textsOf, type Caller, type Template } from './cloud.ts';

let caller: Caller;
beforeEach(async () => {
  caller = await startEmptyCloud();
});
afterEach(() => caller.cloud.stop());

const secret = { Type: 'AWS::SecretsManager::Secret', Properties: {} };

const template = (resources: Record<string, unknown> = {}): Template => ({
  Resources: { Records: table, Keys: secret, ...resources },
  Outputs: { Table: { Value: { Ref: 'Records' } }, Keys: { Value: { Ref: 'Keys' } } },
});

const describeStack = () => caller.query('cloudformation', 'DescribeStacks', { StackName: 'Shop' });

async function outputs(): Promise<Record<string, string>> {
  const { body } = await describeStack();
  const values = textsOf(body, 'OutputValue');
  return Object.fromEntries(textsOf(body, 'OutputKey').map((key, index) => [key, values[index] ?? '']));
}

const dynamo = async (operation: string, request: unknown) => {
  const { body } = await caller.json('dynamodb', `DynamoDB_20120810.${operation}`, request);
  return JSON.parse(body) as Record<string, unknown>;
};

describe('the local CloudFormation', () => {
  it('creates what a change set asks for, and tells of each resource in its order', async () => {
    expect((await describeStack()).body).toContain('Stack with id Shop does not exist');
    const { status, events } = await caller.deploy('Shop', template());
    expect(status).toBe('CREATE_COMPLETE');
    expect(events).toEqual([
      'CREATE_IN_PROGRESS Shop',
      'CREATE_IN_PROGRESS Records',
      'CREATE_COMPLETE Records',
      'CREATE_IN_PROGRESS Keys',
      'CREATE_COMPLETE Keys',
      'CREATE_COMPLETE Shop',
    ]);
    // Who shows them sorts them by time.
    const told = await caller.query('cloudformation', 'DescribeStackEvents', { StackName: 'Shop' });
    expect(new Set(textsOf(told.body, 'Timestamp')).size).toBe(events.length);
    expect(Object.keys(await outputs())).toEqual(['Table', 'Keys']);
    const { body } = await caller.query('cloudformation', 'ListStackResources', { StackName: 'Shop' });
    expect(textsOf(body, 'PhysicalResourceId')).toEqual(Object.values(await outputs()));
  });

  it('gives back the template as it was sent, and says that the same again changes nothing', async () => {
    const said = template({ Note: { ...secret, Metadata: { why: 'a < b & "c"' } } });
    await caller.deploy('Shop', said);
    const set = { StackName: 'Shop', ChangeSetName: 'again', TemplateBody: JSON.stringify(said) };
    const { body } = await caller.query('cloudformation', 'GetTemplate', { StackName: 'Shop' });
    expect(body).toContain('a &lt; b &amp; \\"c\\"');
    await caller.query('cloudformation', 'CreateChangeSet', set);
    const described = await caller.query('cloudformation', 'DescribeChangeSet', set);
    expect(textOf(described.body, 'Status')).toBe('FAILED');
    expect(textOf(described.body, 'StatusReason')).toMatch(/^The submitted information didn't contain changes\./);
  });

  it('keeps items and secrets over an update, and tells of nothing but what has changed', async () => {
    await caller.deploy('Shop', template());
    const { Table: TableName, Keys: SecretId } = await outputs();
    await dynamo('PutItem', { TableName, Item: { pk: { S: 'ada' } } });
    await caller.json('secretsmanager', 'secretsmanager.PutSecretValue', { SecretId, SecretString: 'kept' });
    const before = (await caller.events('Shop')).length;

    const { status, events } = await caller.deploy(
      'Shop',
      template({ Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'bus' } } }),
    );
    expect(status).toBe('UPDATE_COMPLETE');
    expect(events.slice(before)).toEqual([
      'UPDATE_IN_PROGRESS Shop',
      'CREATE_IN_PROGRESS Bus',
      'CREATE_COMPLETE Bus',
      'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS Shop',
      'UPDATE_COMPLETE Shop',
    ]);
    expect(await dynamo('GetItem', { TableName, Key: { pk: { S: 'ada' } } })).toEqual({ Item: { pk: { S: 'ada' } } });
    const { body } = await caller.json('secretsmanager', 'secretsmanager.GetSecretValue', { SecretId });
    expect(body).toContain('"kept"');

    const removed = await caller.deploy('Shop', template());
    expect(removed.events).toContain('DELETE_COMPLETE Bus');
  });

  it('rolls back a creation of what the local cloud does not know, and says what to do', async () => {
    const { status, events } = await caller.deploy('Shop', template({ Mail: { Type: 'AWS::SES::EmailIdentity' } }));
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(events).toEqual([
      'CREATE_IN_PROGRESS Shop',
      'CREATE_FAILED Mail',
      'ROLLBACK_IN_PROGRESS Shop',
      'ROLLBACK_COMPLETE Shop',
    ]);
    const { body } = await caller.query('cloudformation', 'DescribeStackEvents', { StackName: 'Shop' });
    expect(body).toContain('AWS::SES::EmailIdentity, which the local cloud does not know. Write its provider in');
    expect(body).toContain('The following resource(s) failed to create: [Mail].');
  });

  it('goes back to what was there when an update fails, with its items', async () => {
    await caller.deploy('Shop', template());
    const { Table: TableName } = await outputs();
    await dynamo('PutItem', { TableName, Item: { pk: { S: 'ada' } } });
    const keyless = { ...table, Properties: { ...table.Properties, KeySchema: [] } };
    const { status, events } = await caller.deploy(
      'Shop',
      template({ Keys: { ...secret, Metadata: { changed: true } }, Other: keyless }),
    );
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(events.slice(-5)).toEqual([
      'UPDATE_COMPLETE Keys',
      'CREATE_IN_PROGRESS Other',
      'CREATE_FAILED Other',
      'UPDATE_ROLLBACK_IN_PROGRESS Shop',
      'UPDATE_ROLLBACK_COMPLETE Shop',
    ]);
    expect(await dynamo('GetItem', { TableName, Key: { pk: { S: 'ada' } } })).toEqual({ Item: { pk: { S: 'ada' } } });
  });

  it('leaves a retained table where it is, and gives the stack’s namesake another', async () => {
    await caller.deploy('Shop', template());
    const { Table: TableName } = await outputs();
    await dynamo('PutItem', { TableName, Item: { pk: { S: 'ada' } } });
    const id = textOf((await describeStack()).body, 'StackId');
    await caller.query('cloudformation', 'DeleteStack', { StackName: 'Shop' });
    expect(await caller.settled(id)).toBe('DELETE_COMPLETE');
    await caller.deploy('Shop', template());

    const { Table: another } = await outputs();
    const Key = { pk: { S: 'ada' } };
    expect(await dynamo('GetItem', { TableName: another, Key })).toEqual({});
    expect(await dynamo('GetItem', { TableName, Key })).toEqual({ Item: Key });
  });

  it('deletes a stack but for what its template retains, unless it is protected', async () => {
    await caller.deploy('Shop', template());
    const { body } = await describeStack();
    const protect = { StackName: 'Shop', EnableTerminationProtection: 'true' };
    await caller.query('cloudformation', 'UpdateTerminationProtection', protect);
    const refused = await caller.query('cloudformation', 'DeleteStack', { StackName: 'Shop' });
    expect(refused).toMatchObject({
      status: 400,
      body: expect.stringContaining('while TerminationProtection is enabled'),
    });

    await caller.query('cloudformation', 'UpdateTerminationProtection', {
      ...protect,
      EnableTerminationProtection: 'false',
    });
    await caller.query('cloudformation', 'DeleteStack', { StackName: 'Shop' });
    const id = textOf(body, 'StackId');
    expect(await caller.settled(id)).toBe('DELETE_COMPLETE');
    expect((await caller.events(id)).slice(-3)).toEqual([
      'DELETE_COMPLETE Keys',
      'DELETE_SKIPPED Records',
      'DELETE_COMPLETE Shop',
    ]);
    expect((await describeStack()).body).toContain('Stack with id Shop does not exist');
  });
});
