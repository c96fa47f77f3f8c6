import { arn, physicalName, shortId, type Provider } from './provider.ts';

/** AWS::SecretsManager::Secret. Without SecretString it has no value, in AWS as here, until somebody puts one. */
export const secret: Provider = ({ logicalId, properties }, cloud) => {
  const name = properties.text('Name', physicalName(cloud, logicalId));
  const secretArn = arn(cloud, 'secretsmanager', `secret:${name}-${shortId(name, 6)}`);
  const created = cloud.secrets.create(name, secretArn);
  if (properties.has('SecretString')) cloud.secrets.put(created, properties.text('SecretString'));
  return { ref: secretArn, attributes: { Id: secretArn } };
};
