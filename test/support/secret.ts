import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { MEMBERS_KEY, membersKeyPair } from './members-key.ts';

/** Secrets Manager with Stripe's keys, which are not there at first, and the key of the members' files. */
export function memorySecret() {
  let value: string | undefined;
  const mock = mockClient(SecretsManagerClient);
  mock.on(PutSecretValueCommand).callsFake((input: { SecretString: string }) => {
    value = input.SecretString;
    return {};
  });
  mock.on(GetSecretValueCommand).callsFake(({ SecretId }: { SecretId: string }) => {
    if (SecretId === MEMBERS_KEY.MEMBERS_KEY_SECRET_ID) return { SecretString: membersKeyPair().privateKey };
    if (value === undefined) throw new ResourceNotFoundException({ message: 'no value', $metadata: {} });
    return { SecretString: value };
  });
  return mock;
}
