import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type Stripe from 'stripe';
import { METADATA } from '../../billing/metadata.ts';
import { readKeys, type Keys } from '../../clients/secrets.ts';
import { orMissing } from '../../clients/stripe-api.ts';
import { dateOf } from '../../clients/subscriptions.ts';
import { lookAtEndpoints, type Endpoints } from '../setup/webhook-endpoints.ts';

/** Where a rotation is kept: at Stripe and in the secret, and nowhere else. */
export interface Place {
  readonly stripe: Stripe;
  readonly secrets: SecretsManagerClient;
  readonly secretId: string;
  /** Where the stack takes webhooks. */
  readonly url: string;
}

/** How a rotation stands, so that it can be gone on with wherever it was broken off. */
export interface Standing extends Endpoints {
  readonly keys: Keys;
  readonly ours: Stripe.WebhookEndpoint;
  /** Another endpoint, or only its secret, is there still. */
  readonly underWay: boolean;
  /** Since when ours listens; before that, since when it is there. In whole seconds of Stripe's clock, as is `now`. */
  readonly since: number;
  readonly now: number;
}

/** @throws an Error that says what to run when there is no endpoint to rotate */
export async function standingOf({ stripe, secrets, secretId, url }: Place): Promise<Standing> {
  const keys = await readKeys(secrets, secretId);
  if (keys.webhookEndpoint === '') throw new Error(CLI_DELIVERS);
  const standing = await standingWith(keys, stripe, url);
  if (!standing) throw new Error(`Stripe has no webhook endpoint ${keys.webhookEndpoint}. ${MAKE_ONE}`);
  return standing;
}

/** @returns undefined when Stripe has no such endpoint (any more) */
export async function standingWith(keys: Keys, stripe: Stripe, url: string): Promise<Standing | undefined> {
  const endpoints = await lookAtEndpoints(stripe, url, keys);
  const fresh = await orMissing(stripe.webhookEndpoints.retrieve(keys.webhookEndpoint));
  if (!endpoints.ours || !fresh) return undefined;
  return {
    ...endpoints,
    keys,
    ours: fresh,
    underWay: endpoints.replaced !== undefined || keys.webhookSecrets.length > 1,
    since: Number(fresh.metadata[METADATA.listeningSince] ?? fresh.created),
    now: dateOf(fresh.lastResponse.headers),
  };
}

const CLI_DELIVERS =
  'Webhooks come through the Stripe CLI here, which signs with a secret of its own: nothing to rotate.';
const MAKE_ONE = 'Make one, and apply what was missed: npm run operator -- setup, then npm run operator -- reconcile';
