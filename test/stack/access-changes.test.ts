import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { ReminderStack } from './reminder-stack.ts';
import { templateWith } from './synthesized.ts';

const template = templateWith();
const second = templateWith({ context: { stage: 'test' } });

describe('the table’s stream', () => {
  it('tells what an item was and is', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });

  it('brings writes of subscriptions, and no others, to the function that announces', () => {
    const [mapping] = Object.values(template.findResources('AWS::Lambda::EventSourceMapping'));
    expect(mapping?.Properties).toMatchObject({
      FunctionName: { Ref: expect.stringContaining('AccessChanges') },
      StartingPosition: 'TRIM_HORIZON',
    });
    const patterns = mapping?.Properties.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => Pattern);
    expect(patterns.map((pattern: string) => JSON.parse(pattern))).toEqual([
      { dynamodb: { Keys: { sk: { S: [{ prefix: 'subscription#' }] } } } },
    ]);
  });

  it('brings again what failed, and nothing for ever: what is given up is named in an encrypted queue', () => {
    const [queue] = Object.keys(template.findResources('AWS::SQS::Queue'));
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 100,
      MaximumRecordAgeInSeconds: 86_400,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue, 'Arn'] } } },
    });
    template.hasResourceProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
  });
});

describe('the bus', () => {
  it('is the stack’s own, and named in an output', () => {
    const [bus] = Object.keys(template.findResources('AWS::Events::EventBus'));
    template.hasOutput('AccessChangesBus', { Value: { 'Fn::GetAtt': [bus, 'Arn'] } });
  });

  it('of a second stage is another', () => {
    const nameOf = (each: Template) =>
      Object.values(each.findResources('AWS::Events::EventBus')).map(({ Properties }) => Properties.Name);
    expect(nameOf(second)).not.toEqual(nameOf(template));
  });
});

describe('the example of docs/access-changes.md', () => {
  it('is this very code, and hangs a function on the bus', () => {
    const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');
    const [, example] = /```ts\n(.*?)```/s.exec(read('../../docs/access-changes.md')) ?? [];
    expect(example).toBe(read('reminder-stack.ts'));
    const app = new App({ builtinCloudFormationValidation: false });
    const busArn = 'arn:aws:events:eu-west-1:000000000000:event-bus/changes';
    const other = new Stack(app, 'Other');
    const functionArn = 'arn:aws:lambda:eu-west-1:000000000000:function:mailer';
    const mailer = Function.fromFunctionArn(other, 'Mailer', functionArn);
    const reminder = Template.fromStack(new ReminderStack(app, 'Reminder', { busArn, mailer }));
    reminder.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: 'changes',
      EventPattern: { 'detail-type': ['access.at_risk'], detail: { reason: ['past_due_grace'] } },
      Targets: [Match.objectLike({ Arn: functionArn, DeadLetterConfig: Match.anyValue() })],
    });
  });
});
