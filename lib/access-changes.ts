/* oxlint-disable no-new -- a construct adds itself to its scope */
import { Duration, Validations } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import {
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  type IFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { RecordsTable } from './records-table.ts';

/** The bus on which others hear of changes of access, and what brings the table's changes to the function that tells them. */
export class AccessChanges extends Construct {
  readonly busName: string;
  /** What a rule of another stack hangs on. */
  readonly busArn: string;
  /** Where Lambda says which part of the stream it gave up. */
  private readonly missed: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const bus = new EventBus(this, 'Bus', { description: 'Changes of access: docs/access-changes.md' });
    this.busName = bus.eventBusName;
    this.busArn = bus.eventBusArn;
    this.missed = deadLetters(this, 'Missed');
  }

  /** The name of the queue in which is what was given up. */
  get missedName(): string {
    return this.missed.queueName;
  }

  grantTell(grantee: IGrantable): void {
    Grant.addToPrincipal({ grantee, actions: ['events:PutEvents'], resourceArns: [this.busArn] }).assertSuccess();
  }

  /** Has the function called with every write of a subscription. */
  follow(table: RecordsTable, announcer: IFunction): void {
    table.grantFollow(announcer);
    Grant.addToPrincipal({
      grantee: announcer,
      actions: ['sqs:SendMessage'],
      resourceArns: [this.missed.queueArn],
    }).assertSuccess();
    new EventSourceMapping(this, 'Mapping', {
      target: announcer,
      eventSourceArn: table.streamArn,
      // From the beginning: with the latest, what is written while the mapping is made would be passed over.
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [FilterCriteria.filter({ dynamodb: { Keys: { sk: { S: FilterRule.beginsWith('subscription#') } } } })],
      batchSize: 100,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      // Lambda waits longer from one attempt to the next: enough for a fault of some hours. What is given up holds nothing
      // up, and reconcile tells what was missed.
      retryAttempts: 100,
      maxRecordAge: Duration.hours(24),
      onFailure: { bind: () => ({ destination: this.missed.queueArn }) },
    });
  }
}

const deadLetters = (scope: Construct, id: string): Queue => {
  const queue = new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'It is a dead-letter queue itself, of an event source mapping, which the rule does not see.',
  });
  return queue;
};
