/* oxlint-disable no-new -- a construct adds itself to its scope */
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** Carries out the charge runs that are due: within the first hour of their day, and from there on until everybody is settled. */
export class ChargeSchedule extends Construct {
  constructor(scope: Construct, id: string, chargeRuns: IFunction) {
    super(scope, id);
    new Rule(this, 'Rule', {
      description: 'Charges saved cards for the runs that are due',
      schedule: Schedule.rate(Duration.hours(1)),
      // Not again by Lambda: the next hour goes on, and banks like it better than the next minute.
      targets: [new LambdaFunction(chargeRuns, { maxEventAge: Duration.hours(1), retryAttempts: 0 })],
    });
  }
}
