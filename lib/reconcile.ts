/* oxlint-disable no-new -- a construct adds itself to its scope */
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** Compares the records with Stripe, four times a day: well within the thirty days for which Stripe keeps its events. */
export class ReconcileSchedule extends Construct {
  constructor(scope: Construct, id: string, reconcile: IFunction) {
    super(scope, id);
    new Rule(this, 'Rule', {
      description: 'Looks for events that were not delivered, and for records that differ from Stripe',
      schedule: Schedule.rate(Duration.hours(6)),
      // One that could not be started within an hour is pointless: the next one does its work too.
      targets: [new LambdaFunction(reconcile, { maxEventAge: Duration.hours(1), retryAttempts: 2 })],
    });
  }
}
