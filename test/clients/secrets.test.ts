import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { Misshapen, NotConfigured, readKeys, writeKeys } from '../../clients/secrets.ts';

const client = new SecretsManagerClient({ region: 'us-east-1' });
const mock = mockClient(client);
beforeEach(() => void mock.reset());

const keys = {
  publishableKey: 'pk_test_1',
  secretKey: 'sk_test_1',
  webhookEndpoint: 'we_1',
  webhookSecrets: ['whsec_1'],
  portalConfiguration: 'bpc_1',
};

describe('the keys', () => {
  it('come out of the secret as they were put in', async () => {
    await writeKeys(client, 'id', keys);
    const SecretString = mock.commandCalls(PutSecretValueCommand)[0]?.args[0].input.SecretString ?? '';
    mock.on(GetSecretValueCommand).resolves({ SecretString });
    expect(await readKeys(client, 'id')).toEqual(keys);
  });

  it('are not configured while the secret has no value', async () => {
    mock.on(GetSecretValueCommand).rejects(new ResourceNotFoundException({ message: 'no AWSCURRENT', $metadata: {} }));
    await expect(readKeys(client, 'id')).rejects.toThrow(NotConfigured);
  });

  it.each(['sk_test_naked', '"sk_test_text"', '{"secretKey":"sk_test_alone"}', '{"webhookSecrets":[]}'])(
    'of a wrong shape are refused without being quoted: %s',
    async (SecretString) => {
      mock.on(GetSecretValueCommand).resolves({ SecretString });
      const failure: unknown = await readKeys(client, 'id').catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(Misshapen);
      expect(String(failure)).toContain('npm run operator -- setup');
      expect(String(failure)).not.toContain('sk_test');
    },
  );

  it('that AWS does not give are a fault', async () => {
    mock.on(GetSecretValueCommand).rejects(new Error('AWS is down'));
    await expect(readKeys(client, 'id')).rejects.toThrow('AWS is down');
  });
});
