import { createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { findMembersKey, keepMembersKey, readMembersKey } from '../clients/members/key.ts';
import { answer } from './shared/custom-resource.ts';
import { setting } from './shared/env.ts';

const secret = new SecretsManagerClient({});
const secretId = setting('MEMBERS_KEY_SECRET_ID');

/** A role that was made a moment ago is not known everywhere: how often it is tried, and how many milliseconds lie between. */
const TRIES = 8;
const PAUSE_MS = 3000;

/**
 * A custom resource of CloudFormation: the key pair behind CloudFront's signed cookies. The private key goes into its secret and
 * nowhere else; the answer is the public one. Asked again it answers the same; what is deleted goes with the secret.
 */
export const handler = (event: CloudFormationCustomResourceEvent): Promise<void> =>
  answer(event, secretId, async () =>
    event.RequestType === 'Delete'
      ? {}
      : { PublicKey: publicKeyOf(await patiently(() => privateKey(event.RequestId))) },
  );

async function patiently<T>(work: () => Promise<T>, tries = TRIES): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const refused = error instanceof Error && error.name === 'AccessDeniedException';
    if (!refused || tries === 1) throw error;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    return patiently(work, tries - 1);
  }
}

/** The one that there is, else a new one. Read back: of two requests at once, one has made it. */
async function privateKey(requestId: string): Promise<string> {
  const known = await findMembersKey(secret, secretId);
  if (known !== undefined) return known;
  await keepMembersKey(secret, secretId, await newPrivateKey(), requestId);
  return readMembersKey(secret, secretId);
}

/** What CloudFront takes: 2048 bits of RSA. */
async function newPrivateKey(): Promise<string> {
  const made = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return made.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

const publicKeyOf = (key: string): string => createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
