import { arn, type Provider } from './provider.ts';

/** AWS::Logs::LogGroup: a name. What functions write goes to the local cloud's log. */
export const logGroup: Provider = ({ logicalId, properties }, cloud) => {
  const name = properties.text('LogGroupName', `${cloud.stackName}-${logicalId}`);
  return { ref: name, attributes: { Arn: arn(cloud, 'logs', `log-group:${name}:*`) } };
};
