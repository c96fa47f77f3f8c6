import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

/** What the one secret holds. Written by the operator's setup. */
export interface Keys {
  readonly publishableKey: string;
  readonly secretKey: string;
  /** The endpoint that setup made; empty when something else delivers, as the Stripe CLI's `listen` does. */
  readonly webhookEndpoint: string;
  /** More than one while a webhook secret is being rolled. */
  readonly webhookSecrets: readonly string[];
  /** The billing portal configuration that setup made. No secret, but it belongs to the same account. */
  readonly portalConfiguration: string;
}

/** How long the functions use keys before they read the secret again, in milliseconds: what was changed is in use by then. */
export const KEYS_KEPT_MS = 5 * 60_000;

/** Deployed, but the secret has no value yet. */
export class NotConfigured extends Error {
  override readonly name = 'NotConfigured';
}

/** There is a value, but not as setup writes it. Never quotes it. */
export class Misshapen extends Error {
  override readonly name = 'Misshapen';
}

/** @throws NotConfigured when setup has not run; Misshapen */
export async function readKeys(client: SecretsManagerClient, secretId: string): Promise<Keys> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    return parseKeys(SecretString ?? '');
  } catch (error) {
    if (error instanceof ResourceNotFoundException)
      throw new NotConfigured('The secret has no value yet.', { cause: error });
    throw error;
  }
}

export async function writeKeys(client: SecretsManagerClient, secretId: string, keys: Keys): Promise<void> {
  await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: JSON.stringify(keys) }));
}

function parseKeys(secret: string): Keys {
  const { publishableKey, secretKey, webhookEndpoint = '', webhookSecrets, portalConfiguration } = parseJson(secret);
  if (!isText(publishableKey)) throw misshapen('publishableKey');
  if (!isText(secretKey)) throw misshapen('secretKey');
  if (typeof webhookEndpoint !== 'string') throw misshapen('webhookEndpoint');
  if (!isTexts(webhookSecrets)) throw misshapen('webhookSecrets');
  if (!isText(portalConfiguration)) throw misshapen('portalConfiguration');
  return { publishableKey, secretKey, webhookEndpoint, webhookSecrets, portalConfiguration };
}

const misshapen = (field: keyof Keys): Misshapen =>
  new Misshapen(
    `The secret has not the shape that setup writes: look at its ${field}. Run \`npm run operator -- setup\` again.`,
  );

function parseJson(secret: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(secret);
    return typeof json === 'object' && json !== null ? { ...json } : {};
  } catch {
    return {}; // the parser's own message would quote the secret
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.length > 0 && value.every(isText);
