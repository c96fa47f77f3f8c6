import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmptyCloud, table, textOf, type Caller } from './cloud.ts';

let caller: Caller;
beforeEach(async () => {
  caller = await startEmptyCloud();
});
afterEach(() => caller.cloud.stop());

describe('the endpoint of a cloud to deploy to', () => {
  it('names the call that it does not answer, in the protocol of the call', async () => {
    const xml = await caller.query('sqs', 'SendMessage');
    expect(xml.status).toBe(404);
    expect(textOf(xml.body, 'Message')).toBe(
      'The local cloud does not answer sqs:SendMessage. It knows what cdk and the operator’s commands call: see local/deploy/.',
    );
    const known = await caller.query('cloudformation', 'DetectStackDrift');
    expect(textOf(known.body, 'Message')).toContain('cloudformation:DetectStackDrift');
    const json = await caller.json('kms', 'TrentService.Encrypt', {});
    expect(JSON.parse(json.body)).toMatchObject({
      __type: 'UnknownOperationException',
      message: expect.stringContaining('kms:Encrypt'),
    });
  });

  it('lets nobody in but the operator, and says who that is', async () => {
    const stranger = await startEmptyCloud('AKIASOMEBODY');
    const { status, body } = await stranger.query('sts', 'GetCallerIdentity');
    await stranger.cloud.stop();
    expect(status).toBe(403);
    expect(body).toContain('AWS_ACCESS_KEY_ID=operator');
  });

  it('gives the role that is asked for, and the version of the bootstrap that cdk deploy wants', async () => {
    const RoleArn = 'arn:aws:iam::000000000000:role/cdk-hnb659fds-deploy-role-000000000000-us-east-1';
    const { body } = await caller.query('sts', 'AssumeRole', { RoleArn, RoleSessionName: 'me' });
    expect(textOf(body, 'AccessKeyId')).toBe('operator');
    expect(textOf(body, 'Arn')).toBe(`${RoleArn.replace('iam', 'sts').replace('role/', 'assumed-role/')}/me`);
    const version = await caller.json('ssm', 'AmazonSSM.GetParameter', { Name: '/cdk-bootstrap/hnb659fds/version' });
    expect(Number(JSON.parse(version.body).Parameter.Value)).toBeGreaterThanOrEqual(6);
    const other = await caller.json('ssm', 'AmazonSSM.GetParameter', { Name: '/mine' });
    expect(JSON.parse(other.body)).toMatchObject({ __type: 'ParameterNotFound' });
  });

  it('has all that cdk bootstrap makes already', async () => {
    const set = { StackName: 'CDKToolkit', ChangeSetName: 'change', TemplateBody: 'Description: in YAML' };
    const { body } = await caller.query('cloudformation', 'DescribeStacks', set);
    expect(body).toContain('<OutputKey>BootstrapVersion</OutputKey>');
    await caller.query('cloudformation', 'CreateChangeSet', set);
    const described = await caller.query('cloudformation', 'DescribeChangeSet', set);
    expect(textOf(described.body, 'StatusReason')).toMatch(/^The submitted information didn't contain changes\./);
  });

  it('hands a call to the one of several stacks whose table it names', async () => {
    const names = ['One', 'Two'];
    for (const name of names) {
      await caller.deploy(name, { Resources: { Records: table }, Outputs: { Table: { Value: { Ref: 'Records' } } } });
      const { body } = await caller.query('cloudformation', 'DescribeStacks', { StackName: name });
      const TableName = textOf(body, 'OutputValue');
      expect(TableName).toMatch(new RegExp(`^${name}-Records-[0-9A-F]{12}$`));
      const described = await caller.json('dynamodb', 'DynamoDB_20120810.DescribeTable', { TableName });
      expect(JSON.parse(described.body).Table.TableName).toBe(TableName);
    }
  });

  it('says in DynamoDB’s words that nothing is deployed', async () => {
    const { status, body } = await caller.json('dynamodb', 'DynamoDB_20120810.GetItem', { TableName: 'Shop-Records' });
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ __type: 'ResourceNotFoundException' });
  });
});
