/* oxlint-disable no-new -- a construct adds itself to its scope */
import { Construct } from 'constructs';
import { accessWatches } from './access.ts';
import { Alarms } from './alarms.ts';
import { Dashboard } from './dashboard.ts';
import { recordsWatches } from './records.ts';
import { salesWatches } from './sales.ts';
import { sources, type SourcesProps } from './sources.ts';
import { alarmTopic } from './topic.ts';
import { webhookWatches } from './webhook.ts';

export interface WatchingProps extends SourcesProps {
  /** Who is told of alarms by mail. @default - nobody; subscribe to the topic */
  readonly alarmEmail: string | undefined;
}

/** Alarms for all that can lose money, each with an article in docs/runbook.md, and a dashboard. */
export class Watching extends Construct {
  /** Where alarms are told. */
  readonly topicArn: string;

  constructor(scope: Construct, id: string, { alarmEmail, ...props }: WatchingProps) {
    super(scope, id);
    const measured = sources(props);
    const topic = alarmTopic(this, alarmEmail);
    this.topicArn = topic.topicArn;
    const watches = [webhookWatches, salesWatches, recordsWatches, accessWatches].flatMap((of) => of(measured));
    const alarms = new Alarms(this, 'Alarms', watches, topic);
    new Dashboard(this, 'Dashboard', measured, alarms.all);
  }
}
