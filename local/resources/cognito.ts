import { startIdentityProvider } from '../cognito/identity.ts';
import type { Fields } from '../template/fields.ts';
import { TemplateError } from '../template/json.ts';
import type { IdentityProvider } from '../cognito/identity.ts';
import { arn, portOf, shortId, type Cloud, type Provider } from './provider.ts';

/** AWS::Cognito::UserPool: an OpenID provider on a port of its own. */
export const userPool: Provider = async ({ logicalId, properties }, cloud) => {
  if (properties.texts('UsernameAttributes').join() !== 'email') {
    const todo = 'Sign in by email in lib/: the local sign-in page knows nothing else.';
    throw new TemplateError(`${properties.place}.UsernameAttributes`, 'is not ["email"].', todo);
  }
  const provider = await startIdentityProvider({ port: cloud.ports.get(logicalId) ?? 0, log: cloud.log });
  cloud.onStop(() => provider.stop());
  cloud.ports.set(logicalId, portOf(provider.domain));
  const id = `${cloud.region}_${shortId(`${cloud.stackName}/${logicalId}`, 9)}`;
  cloud.userPools.set(id, provider);
  const name = `cognito-idp.${cloud.region}.amazonaws.com/${id}`;
  const attributes = { Arn: arn(cloud, 'cognito-idp', `userpool/${id}`), ProviderName: name, UserPoolId: id };
  return { ref: id, attributes: { ...attributes, ProviderURL: provider.issuer } };
};

/** AWS::Cognito::UserPoolClient */
export const userPoolClient: Provider = ({ logicalId, properties }, cloud) => {
  const clientId = poolOf(properties, cloud).addClient(properties, shortId(`${cloud.stackName}/${logicalId}`, 26));
  return { ref: clientId, attributes: { ClientId: clientId } };
};

/** AWS::Cognito::UserPoolDomain: where the pool's sign-in page and tokens are. */
export const userPoolDomain: Provider = ({ properties }, cloud) => {
  const prefix = properties.text('Domain');
  const inAws = `https://${prefix}.auth.${cloud.region}.amazoncognito.com`;
  cloud.addresses.add(inAws, poolOf(properties, cloud).domain);
  return { ref: prefix };
};

/** AWS::Cognito::ManagedLoginBranding: the local sign-in page looks as it looks. */
export const managedLoginBranding: Provider = ({ logicalId }) => ({ ref: shortId(logicalId) });

function poolOf(properties: Fields, cloud: Cloud): IdentityProvider {
  const found = cloud.userPools.get(properties.text('UserPoolId'));
  if (found !== undefined) return found;
  throw new TemplateError(`${properties.place}.UserPoolId`, 'is no user pool of this stack.', 'Refer to one in lib/.');
}
