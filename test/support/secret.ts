import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';

/** Secrets Manager with one secret, which has no value at first. */
export function memorySecret() {
  let value: string | undefined;
  const mock = mockClient(SecretsManagerClient);
  mock.on(PutSecretValueCommand).callsFake((input: { SecretString: string }) => {
    value = input.SecretString;
    return {};
  });
  mock.on(GetSecretValueCommand).callsFake(() => {
    if (value === undefined) throw new ResourceNotFoundException({ message: 'no value', $metadata: {} });
    return { SecretString: value };
  });
  return mock;
}
