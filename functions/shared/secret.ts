import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { cached } from '../../clients/cached.ts';
import { KEYS_KEPT_MS, readKeys, type Keys } from '../../clients/secrets.ts';
import { setting } from './env.ts';
import { describe, log } from './log.ts';

/** Strangers' junk may cause a call to Secrets Manager only so often. */
const ANEW_MS = 60_000;

const secret = new SecretsManagerClient({});
const secretId = setting('SECRET_ID');

export const keys = cached(
  () => readKeys(secret, secretId),
  KEYS_KEPT_MS,
  (error) => log.warn('The secret could not be read again; going on with the keys known.', { cause: describe(error) }),
);

/** Keys that were read within the last minute, for when those in use will not do. */
export const keysAnew = (): Promise<Keys> => keys.get(ANEW_MS);
