import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

/** The private key that opens the members' files, PEM; undefined when there is none yet. */
export async function findMembersKey(client: SecretsManagerClient, secretId: string): Promise<string | undefined> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return SecretString;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** @throws Error when there is none, which a deployment leaves nowhere */
export async function readMembersKey(client: SecretsManagerClient, secretId: string): Promise<string> {
  const key = await findMembersKey(client, secretId);
  if (key === undefined) throw new Error('The key of the members’ files is missing; the deployment makes it.');
  return key;
}

/**
 * @param requestId of the deployment's request: it may come twice, and then the first one's key is the one that stays
 */
export async function keepMembersKey(
  client: SecretsManagerClient,
  secretId: string,
  key: string,
  requestId: string,
): Promise<void> {
  const kept = { SecretId: secretId, SecretString: key, ClientRequestToken: requestId };
  try {
    await client.send(new PutSecretValueCommand(kept));
  } catch (error) {
    // Secrets Manager says so of a token whose value was another one.
    if (!(error instanceof ResourceExistsException)) throw error;
  }
}
