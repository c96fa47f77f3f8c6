import { MEMBERS_KEY } from '../../test/support/members-key.ts';
import { startChild } from './child.ts';
import type { Units } from './counted.ts';

/** Where all that the functions call is; the counted ones stand before the others. */
export interface Outside {
  readonly tableName: string;
  readonly dynamo: string;
  readonly countedDynamo: string;
  readonly stripe: string;
  readonly countedStripe: string;
  readonly secrets: string;
  readonly eventBridge: string;
  readonly identity: string;
}

/** What was asked since the last time: of the counted ones, and how many changes of access were announced. */
export interface Taken {
  readonly dynamo: Units;
  readonly stripe: readonly string[];
  readonly announced: number;
}

export const SITE = 'https://site.example';
export const WEBHOOK_SECRET = 'whsec_bench';
export const STRIPE_KEYS = { secretKey: 'sk_test_bench', publishableKey: 'pk_test_bench' };
export const CREDENTIALS = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

export interface OutsideProcess extends Outside {
  taken(): Promise<Taken>;
  stop(): void;
}

/** Starts bench/outside.ts. */
export async function startOutside(): Promise<OutsideProcess> {
  const { first, ask, stop } = await startChild<Outside>('outside.ts');
  return { ...first, taken: () => ask<Taken>('taken'), stop };
}

/** The environment of all functions. @param counted whether what they call is counted, which takes longer */
export function environmentIn(outside: Outside, { counted }: { counted: boolean }): Record<string, string> {
  return {
    ...CREDENTIALS,
    AWS_ENDPOINT_URL_DYNAMODB: counted ? outside.countedDynamo : outside.dynamo,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: outside.secrets,
    AWS_ENDPOINT_URL_EVENTBRIDGE: outside.eventBridge,
    STRIPE_API_BASE: counted ? outside.countedStripe : outside.stripe,
    TABLE_NAME: outside.tableName,
    SECRET_ID: 'stripe',
    SITE_URL: SITE,
    OIDC_ISSUER: outside.identity,
    OIDC_CLIENT_ID: 'client',
    GRACE_DAYS: '7',
    DISPUTES: 'keep',
    ...MEMBERS_KEY,
    ACCESS_CHANGES_BUS: 'changes',
    ROUTES: 'GET /api/config,POST /api/checkout',
  };
}
