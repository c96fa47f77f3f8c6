import { people, tags, type KnownProperties } from './known.ts';

/** Of what watches: see properties.ts. */
export const watchingProperties: Readonly<Record<string, KnownProperties>> = {
  'AWS::CloudWatch::Alarm': {
    honoured: [
      'ActionsEnabled',
      'AlarmActions',
      'AlarmDescription',
      'AlarmName',
      'ComparisonOperator',
      'DatapointsToAlarm',
      'Dimensions.Name',
      'Dimensions.Value',
      'EvaluationPeriods',
      'InsufficientDataActions',
      'MetricName',
      'Metrics.Expression',
      'Metrics.Id',
      'Metrics.MetricStat',
      'Namespace',
      'OKActions',
      'Period',
      'Statistic',
      'Threshold',
      'TreatMissingData',
    ],
    ignored: {
      'Metrics.Label': people,
      'Metrics.ReturnData': 'the one expression is what the alarm is about',
      Tags: tags,
    },
  },
  'AWS::CloudWatch::Dashboard': { honoured: ['DashboardName'], ignored: { DashboardBody: people } },
  'AWS::SNS::Subscription': { honoured: ['Endpoint', 'Protocol', 'TopicArn'], ignored: {} },
  'AWS::SNS::Topic': { honoured: ['TopicName'], ignored: { DisplayName: people, Tags: tags } },
  'AWS::SNS::TopicPolicy': { honoured: ['PolicyDocument', 'Topics'], ignored: {} },
};
