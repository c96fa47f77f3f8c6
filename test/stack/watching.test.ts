import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { articleOf } from '../../lib/watching/watch.ts';
import { templateWith } from './synthesized.ts';

const template = templateWith();
const test = templateWith({ context: { stage: 'test', alarmEmail: 'ops@example.com' } });
const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
const nameOf = ({ AlarmName }: { AlarmName: string }) => AlarmName.replace(/^Subscriptions-/, '');
const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));

/** The headings of a page as GitHub makes anchors of them. */
const articles = (page: string): string[] => {
  const text = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8');
  const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) => heading.toLowerCase().replaceAll(' ', '-'));
};

describe('an alarm', () => {
  it('has an article in the runbook, and every article there its alarm', () => {
    const inRunbook = articles('runbook.md').filter((anchor) => anchor !== 'all-of-them');
    expect(inRunbook.toSorted()).toEqual(alarms.map((alarm) => articleOf(nameOf(alarm))).toSorted());
  });

  it('says what is at stake, and where its article is', () => {
    for (const alarm of alarms)
      expect(alarm.AlarmDescription).toMatch(
        new RegExp(`^[A-Z].{30,200}\\. What to do: docs/runbook\\.md#${articleOf(nameOf(alarm))}$`),
      );
  });

  it('is told when it begins and when it is over, and is quiet where nothing happens', () => {
    for (const alarm of alarms)
      expect(alarm).toMatchObject({
        AlarmActions: [{ Ref: topic }],
        OKActions: [{ Ref: topic }],
        TreatMissingData: 'notBreaching',
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      });
  });

  it('never hangs on DynamoDB’s own count, of which CloudWatch keeps the state for ever', () => {
    expect(JSON.stringify(alarms)).not.toContain('AWS/DynamoDB');
  });

  it('of one stage hears nothing of another', () => {
    const functions = Object.values(test.findResources('AWS::Lambda::Function'));
    const told = functions.flatMap(({ Properties }) => Properties.Environment?.Variables.METRICS_NAMESPACE ?? []);
    expect(new Set(told)).toEqual(new Set(['Subscriptions-test']));
    const namespaces = Object.values(test.findResources('AWS::CloudWatch::Alarm')).flatMap(
      ({ Properties }) => Properties.Namespace ?? [],
    );
    expect([...new Set(namespaces)].filter((each) => !each.startsWith('AWS/'))).toEqual(['Subscriptions-test']);
  });
});

describe('who is told', () => {
  it('is nobody until somebody is named, or subscribes to the topic of the outputs', () => {
    template.resourceCountIs('AWS::SNS::Subscription', 0);
    template.hasOutput('AlarmTopic', { Value: { Ref: topic } });
    test.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.com' });
  });

  it('is told by CloudWatch for this account alone, and never in the clear', () => {
    const [policy] = Object.values(template.findResources('AWS::SNS::TopicPolicy'));
    const statements = policy?.Properties.PolicyDocument.Statement;
    expect(statements).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    );
    const denied = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(statements).toContainEqual(expect.objectContaining(denied));
  });
});

describe('the dashboard', () => {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const body = JSON.stringify(dashboard?.Properties.DashboardBody);

  it('is free: at most fifty metrics', () => {
    const shown = body.match(/\\"stat\\":|\[\\"(?:Subscriptions|AWS\/\w+)\\"/g) ?? [];
    expect(shown.length).toBeGreaterThan(30);
    expect((body.match(/\[\\"(?:Subscriptions|AWS\/\w+)\\"/g) ?? []).length).toBeLessThanOrEqual(50);
  });

  it('shows every alarm', () => {
    for (const id of Object.keys(template.findResources('AWS::CloudWatch::Alarm'))) expect(body).toContain(id);
  });
});
