import type { Fields } from '../template/fields.ts';
import { TemplateError } from '../template/json.ts';
import type { Topic } from '../sns/topic.ts';
import { arn, physicalName, shortId, type Cloud, type Provider } from './provider.ts';

/** AWS::SNS::Topic */
export const topic: Provider = ({ logicalId, properties }, cloud) => {
  const name = properties.text('TopicName', physicalName(cloud, logicalId, 256));
  const created: Topic = { name, arn: arn(cloud, 'sns', name), subscriptions: [], policy: undefined };
  cloud.topics.set(created.arn, created);
  return { ref: created.arn, attributes: { TopicArn: created.arn, TopicName: name } };
};

/** AWS::SNS::Subscription. In AWS an address has to say yes first. */
export const subscription: Provider = ({ logicalId, properties }, cloud) => {
  const to = topicOf(properties.text('TopicArn'), properties, cloud);
  to.subscriptions.push(`${properties.text('Protocol')}: ${properties.text('Endpoint')}`);
  return { ref: `${to.arn}:${shortId(logicalId)}` };
};

/** AWS::SNS::TopicPolicy: it takes the place of the one that every topic has. */
export const topicPolicy: Provider = ({ logicalId, properties }, cloud) => {
  for (const topicArn of properties.texts('Topics'))
    topicOf(topicArn, properties, cloud).policy = properties.group('PolicyDocument').values;
  return { ref: shortId(logicalId) };
};

function topicOf(topicArn: string, properties: Fields, cloud: Cloud): Topic {
  const found = cloud.topics.get(topicArn);
  if (found !== undefined) return found;
  throw new TemplateError(properties.place, `names ${topicArn}, which is no topic of this stack.`, 'Mend lib/.');
}
