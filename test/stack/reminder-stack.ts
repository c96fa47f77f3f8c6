import { Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

export interface ReminderProps extends StackProps {
  /** The output AccessChangesBus of the subscriptions' stack. */
  readonly busArn: string;
  /** Sends a mail with a link to the billing page. */
  readonly mailer: IFunction;
}

/** Reminds those whose payment failed before they lose access. */
export class ReminderStack extends Stack {
  constructor(scope: Construct, id: string, { busArn, mailer, ...props }: ReminderProps) {
    super(scope, id, props);
    const rule = new Rule(this, 'PaymentFailed', {
      eventBus: EventBus.fromEventBusArn(this, 'AccessChanges', busArn),
      eventPattern: {
        source: ['subscriptions'],
        detailType: ['access.at_risk'],
        detail: { reason: ['past_due_grace'] },
      },
    });
    // EventBridge tries for a day; what it gives up is in the queue.
    rule.addTarget(new LambdaFunction(mailer, { deadLetterQueue: new Queue(this, 'NotReminded') }));
  }
}
