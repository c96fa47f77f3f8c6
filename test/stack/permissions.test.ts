import { describe, expect, it } from '@jest/globals';
import { functionNames } from '../../lib/routes.ts';
import { allowedByRole, nameOf } from './statements.ts';
import { templateWith } from './synthesized.ts';

const template = templateWith();
const [table] = Object.keys(template.findResources('AWS::DynamoDB::Table'));
const [secret] = Object.keys(template.findResources('AWS::SecretsManager::Secret'));
const [bus] = Object.keys(template.findResources('AWS::Events::EventBus'));
const [queue] = Object.keys(template.findResources('AWS::SQS::Queue'));
const roles = allowedByRole(template);

const names = {
  table: { 'Fn::GetAtt': [table, 'Arn'] },
  'customer index': { 'Fn::Join': ['', [{ 'Fn::GetAtt': [table, 'Arn'] }, '/index/customer']] },
  secret: { Ref: secret },
  stream: { 'Fn::GetAtt': [table, 'StreamArn'] },
  bus: { 'Fn::GetAtt': [bus, 'Arn'] },
  queue: { 'Fn::GetAtt': [queue, 'Arn'] },
  everything: '*',
};

const functions = Object.values(template.findResources('AWS::Lambda::Function'))
  .map(({ Properties }) => Properties)
  .filter(({ Description }) => Description?.startsWith('functions/'));

/** What the role of a function allows, in words. */
const mayOf = (file: string) => {
  const { Role, LoggingConfig } = functions.find(({ Description }) => Description === file) ?? {};
  const own = { ...names, 'own log': { 'Fn::GetAtt': [LoggingConfig.LogGroup.Ref, 'Arn'] } };
  const role = roles.get(Role['Fn::GetAtt'][0]) ?? [];
  return new Set(role.map(({ action, resource }) => `${action} on ${nameOf(resource, own)}`));
};

const logsAndTraces = [
  'logs:CreateLogStream on own log',
  'logs:PutLogEvents on own log',
  'xray:PutTelemetryRecords on everything',
  'xray:PutTraceSegments on everything',
];
const onTable = (...actions: string[]) => actions.map((action) => `dynamodb:${action} on table`);
const readsSecret = 'secretsmanager:GetSecretValue on secret';
const announces = [...onTable('Query', 'PutItem'), 'events:PutEvents on bus'];
const onStream = ['DescribeStream', 'GetRecords', 'GetShardIterator'].map((action) => `dynamodb:${action} on stream`);
const follows = [...onStream, 'dynamodb:ListStreams on everything', 'sqs:SendMessage on queue'];
const keepsRecords = [...onTable('GetItem', 'UpdateItem'), 'dynamodb:Query on customer index', readsSecret];

describe('what a function may do', () => {
  it.each([
    ['config', [readsSecret]],
    ['checkout', [...onTable('Query', 'GetItem', 'PutItem', 'UpdateItem'), readsSecret]],
    ['checkout-session', [...onTable('Query', 'GetItem', 'UpdateItem'), readsSecret]],
    ['subscription', onTable('Query')],
    ['portal', [...onTable('Query'), readsSecret]],
    ['invoices', [...onTable('Query'), readsSecret]],
    ['charges', onTable('Query')],
    ['pay-charge', [...onTable('GetItem', 'UpdateItem'), readsSecret]],
    ['members', onTable('Query')],
    ['webhook', keepsRecords],
    ['reconcile', [...keepsRecords, ...onTable('BatchGetItem', 'Scan'), ...announces]],
    ['access-changes', [...announces, ...follows]],
    [
      'charge-runs',
      [...onTable('Query', 'GetItem', 'PutItem', 'UpdateItem'), 'dynamodb:Scan on customer index', readsSecret],
    ],
    ['fallback', []],
  ])('%s: exactly this, beside its own log and traces', (name, may) => {
    expect(mayOf(`functions/${name}.ts`)).toEqual(new Set([...logsAndTraces, ...may]));
  });

  it('is its own alone: no two functions share a role, and no role has a managed policy', () => {
    expect(new Set(functions.map(({ Role }) => JSON.stringify(Role))).size).toBe(functions.length);
    for (const { Role } of functions) {
      const role = template.findResources('AWS::IAM::Role')[Role['Fn::GetAtt'][0]];
      expect(role?.Properties.ManagedPolicyArns).toBeUndefined();
    }
  });
});

describe('what a function is told', () => {
  it.each([
    ['config', ['SECRET_ID', 'OIDC_ISSUER', 'OIDC_CLIENT_ID']],
    ['checkout', ['TABLE_NAME', 'SECRET_ID', 'SITE_URL', 'OIDC_ISSUER']],
    ['checkout-session', ['TABLE_NAME', 'SECRET_ID', 'GRACE_DAYS']],
    ['subscription', ['TABLE_NAME', 'GRACE_DAYS']],
    ['portal', ['TABLE_NAME', 'SECRET_ID', 'SITE_URL', 'GRACE_DAYS']],
    ['invoices', ['TABLE_NAME', 'SECRET_ID']],
    ['charges', ['TABLE_NAME']],
    ['pay-charge', ['TABLE_NAME', 'SECRET_ID', 'SITE_URL']],
    ['members', ['TABLE_NAME', 'GRACE_DAYS']],
    ['webhook', ['TABLE_NAME', 'SECRET_ID', 'DISPUTES']],
    ['reconcile', ['TABLE_NAME', 'SECRET_ID', 'DISPUTES', 'GRACE_DAYS', 'ACCESS_CHANGES_BUS']],
    ['access-changes', ['TABLE_NAME', 'GRACE_DAYS', 'ACCESS_CHANGES_BUS']],
    ['charge-runs', ['TABLE_NAME', 'SECRET_ID']],
    ['fallback', ['ROUTES']],
  ])('%s: exactly these variables', (name, variables) => {
    const told = functions.find(({ Description }) => Description === `functions/${name}.ts`);
    expect(new Set(Object.keys(told?.Environment.Variables))).toEqual(new Set(variables));
  });
});

describe('every function', () => {
  it('runs on the newest Node for ARM, with traces and a log that is not kept for ever', () => {
    expect(functions).toHaveLength(functionNames.length);
    for (const each of functions) {
      expect(each).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
      });
      const log = template.findResources('AWS::Logs::LogGroup')[each.LoggingConfig.LogGroup.Ref];
      expect(log?.Properties.RetentionInDays).toBe(30);
    }
  });
});
