import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IAlarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { articleOf, type Watch } from './watch.ts';

/** An alarm for each of the watches, which tells when it begins and when it is over. */
export class Alarms extends Construct {
  readonly all: readonly IAlarm[];

  constructor(scope: Construct, id: string, watches: readonly Watch[], topic: ITopic) {
    super(scope, id);
    const action = new SnsAction(topic);
    this.all = watches.map((watch) => {
      const alarm = this.alarm(watch);
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
      return alarm;
    });
  }

  private alarm({ name, stake, metric, atLeast, periods = 1 }: Watch): Alarm {
    return new Alarm(this, name, {
      // A name of its own, because it is the mail's subject.
      alarmName: `${Stack.of(this).stackName}-${name}`,
      alarmDescription: `${stake} What to do: docs/runbook.md#${articleOf(name)}`,
      metric,
      threshold: atLeast,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      // Nothing is counted where nothing happens.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
