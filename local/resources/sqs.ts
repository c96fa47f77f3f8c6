import { queue as create } from '../sqs/queue.ts';
import { arn, physicalName, shortId, type Provider } from './provider.ts';

/** AWS::SQS::Queue */
export const queue: Provider = ({ logicalId, properties }, cloud) => {
  const name = properties.text('QueueName', physicalName(cloud, logicalId, 80));
  const created = create(name, arn(cloud, 'sqs', name), cloud.log);
  cloud.queues.set(created.arn, created);
  const length = { namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible', dimensions: { QueueName: name } };
  cloud.metrics.watch(length, () => created.messages.length);
  const url = `https://sqs.${cloud.region}.amazonaws.com/${cloud.account}/${name}`;
  return { ref: url, attributes: { Arn: created.arn, QueueName: name, QueueUrl: url } };
};

/** AWS::SQS::QueuePolicy: only Lambda sends here, with the function's role, and never in the clear. */
export const queuePolicy: Provider = ({ logicalId }) => ({ ref: shortId(logicalId) });
