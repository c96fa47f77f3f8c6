import { runSimulation } from '@cloud-copilot/iam-simulate';
import { describe, expect, it } from '@jest/globals';
import { arnOf, idOf, type Policy, resolver } from './permissions-template.ts';
import { templateWith } from './synthesized.ts';

const template = templateWith();
const read = resolver(template);
const ACCOUNT = '123456789012';
const STRANGER = '999999999999';

interface Caller {
  readonly principal: string;
  readonly context?: Readonly<Record<string, string>>;
}

const inTime = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };
const cloudFrontFor = (distribution: string, more: Readonly<Record<string, string>> = {}): Caller => ({
  principal: 'cloudfront.amazonaws.com',
  context: { ...inTime, 'aws:SourceArn': arnOf('AWS::CloudFront::Distribution', distribution), ...more },
});
const stranger: Caller = { principal: `arn:aws:iam::${STRANGER}:role/mallory`, context: inTime };

/** What the resource's own policy says to somebody who brings no right of their own. */
async function answer(
  policy: Policy,
  action: string,
  resource: string,
  { principal, context }: Caller,
): Promise<string> {
  const outcome = await runSimulation(
    {
      identityPolicies: [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: policy,
      request: { principal, action, resource: { resource, accountId: ACCOUNT }, contextVariables: { ...context } },
    },
    {},
  );
  if (outcome.resultType === 'error') throw new Error(`${action} on ${resource}: ${JSON.stringify(outcome.errors)}`);
  return outcome.overallResult ?? '';
}

const policyOf = (type: string): Policy => {
  const [policy, ...others] = Object.values(template.findResources(type));
  if (policy === undefined || others.length > 0) throw new Error(`The stack has not just one ${type}.`);
  return read(policy.Properties.PolicyDocument);
};

describe('the page’s bucket, by its own policy', () => {
  const policy = policyOf('AWS::S3::BucketPolicy');
  const file = `${arnOf('AWS::S3::Bucket', idOf(template, 'AWS::S3::Bucket'))}/index.html`;
  const ours = idOf(template, 'AWS::CloudFront::Distribution');

  it.each<[string, string, Caller, string]>([
    ['is read by CloudFront for our distribution', 's3:GetObject', cloudFrontFor(ours), 'Allowed'],
    ['is not read for somebody else’s distribution', 's3:GetObject', cloudFrontFor('ELIVE'), 'ImplicitlyDenied'],
    ['is not written for ours either', 's3:PutObject', cloudFrontFor(ours), 'ImplicitlyDenied'],
    ['is not read by a stranger', 's3:GetObject', stranger, 'ImplicitlyDenied'],
    [
      'is not read in the clear',
      's3:GetObject',
      cloudFrontFor(ours, { 'aws:SecureTransport': 'false' }),
      'ExplicitlyDenied',
    ],
    ['is not read by an old TLS', 's3:GetObject', cloudFrontFor(ours, { 's3:TlsVersion': '1.1' }), 'ExplicitlyDenied'],
  ])('%s', async (_, action, caller, expected) => {
    expect(await answer(policy, action, file, caller)).toBe(expected);
  });
});

describe('the queue of what is given up, by its own policy', () => {
  const policy = policyOf('AWS::SQS::QueuePolicy');
  const queue = arnOf('AWS::SQS::Queue', idOf(template, 'AWS::SQS::Queue'));

  it.each(['sqs:SendMessage', 'sqs:ReceiveMessage'])('lets nobody do %s', async (action) => {
    expect(await answer(policy, action, queue, stranger)).toBe('ImplicitlyDenied');
    const inTheClear = { ...stranger, context: { 'aws:SecureTransport': 'false' } };
    expect(await answer(policy, action, queue, inTheClear)).toBe('ExplicitlyDenied');
  });
});

describe('the topic of the alarms, by its own policy', () => {
  const policy = policyOf('AWS::SNS::TopicPolicy');
  const topic = arnOf('AWS::SNS::Topic', idOf(template, 'AWS::SNS::Topic'));
  const alarmOf = (account: string, secure = 'true'): Caller => ({
    principal: 'cloudwatch.amazonaws.com',
    context: { 'aws:SecureTransport': secure, 'aws:SourceAccount': account },
  });

  it.each<[string, Caller, string]>([
    ['hears the alarms of our account', alarmOf(ACCOUNT), 'Allowed'],
    ['hears none of another account', alarmOf(STRANGER), 'ImplicitlyDenied'],
    ['hears none in the clear', alarmOf(ACCOUNT, 'false'), 'ExplicitlyDenied'],
    ['hears no stranger', stranger, 'ImplicitlyDenied'],
  ])('%s', async (_, caller, expected) => {
    expect(await answer(policy, 'sns:Publish', topic, caller)).toBe(expected);
  });
});

describe('what has no policy of its own', () => {
  it.each([
    'AWS::Events::EventBusPolicy',
    'AWS::SecretsManager::ResourcePolicy',
    'AWS::Lambda::Url',
    'AWS::Lambda::LayerVersionPermission',
  ])('is open to nobody: there is no %s', (type) => {
    expect(template.findResources(type)).toEqual({});
  });

  it('is the table, whose rights are its callers’ alone', () => {
    for (const { Properties } of Object.values(template.findResources('AWS::DynamoDB::Table')))
      expect(Properties).not.toHaveProperty('ResourcePolicy');
  });
});

describe('a function', () => {
  const permissions = Object.values(template.findResources('AWS::Lambda::Permission')).map(({ Properties }) =>
    read(Properties),
  );

  it('is started by our own API on its own route, or by our own schedule, and by nobody else', () => {
    const api = idOf(template, 'AWS::ApiGatewayV2::Api');
    const rules = Object.keys(template.findResources('AWS::Events::Rule')).map((id) => arnOf('AWS::Events::Rule', id));
    const routes = new RegExp(`^arn:aws:execute-api:eu-west-1:${ACCOUNT}:${api}/\\*/\\*(/.*)?$`);
    expect(permissions.length).toBeGreaterThan(10);
    for (const { Action, Principal, SourceArn } of permissions) {
      expect(Action).toBe('lambda:InvokeFunction');
      if (Principal === 'events.amazonaws.com') expect(rules).toContain(SourceArn);
      else expect([Principal, SourceArn]).toEqual(['apigateway.amazonaws.com', expect.stringMatching(routes)]);
    }
  });

  it('lends its role to Lambda, and to nobody else', () => {
    for (const { Properties } of Object.values(template.findResources('AWS::IAM::Role'))) {
      expect(Properties.AssumeRolePolicyDocument.Statement).toEqual([
        { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
      ]);
    }
  });
});
