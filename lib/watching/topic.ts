import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

/**
 * Where the alarms are told, to the address if there is one; anything else may subscribe. The address has to say yes in a
 * mail from AWS first. It is not encrypted with a key of AWS's, which CloudWatch may not use, and a key of one's own costs
 * more than all alarms; what it tells is an alarm's name and numbers.
 */
export const alarmTopic = (scope: Construct, email: string | undefined): Topic => {
  const topic = new Topic(scope, 'Topic', { displayName: Stack.of(scope).stackName, enforceSSL: true });
  // A policy of its own, as enforcing TLS makes one, takes the place of the one that lets the account's services in.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  if (email !== undefined) topic.addSubscription(new EmailSubscription(email));
  return topic;
};
