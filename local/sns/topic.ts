import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { JsonObject } from '../template/json.ts';

/** A topic. What is told to it goes to the log: nothing is sent from this machine. */
export interface Topic {
  readonly name: string;
  readonly arn: string;
  /** `email: somebody@example.com` */
  readonly subscriptions: string[];
  /** Without one of its own, the account's services may publish. */
  policy: JsonObject | undefined;
}

/** Whether the topic's policy lets CloudWatch tell of an alarm. */
export async function alarmMayTell({ arn, policy }: Topic, account: string, alarmArn: string): Promise<boolean> {
  if (policy === undefined) return true;
  const outcome = await runSimulation(
    {
      identityPolicies: [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: policy,
      request: {
        principal: 'cloudwatch.amazonaws.com',
        action: 'sns:Publish',
        resource: { resource: arn, accountId: account },
        contextVariables: {
          'aws:SourceArn': alarmArn,
          'aws:SourceAccount': account,
          'aws:SecureTransport': 'true',
        },
      },
    },
    {},
  );
  if (outcome.resultType === 'error')
    throw new Error(`IAM cannot evaluate sns:Publish: ${JSON.stringify(outcome.errors)}`);
  return outcome.overallResult === 'Allowed';
}
