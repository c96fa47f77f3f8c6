import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
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

/** Starts bench/outside.ts. Rejects when it ends before it is there. */
export async function startOutside(): Promise<OutsideProcess> {
  const child = fork(fileURLToPath(new URL('../outside.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  const died = once(child, 'exit').then(([code]) => Promise.reject(new Error(`bench/outside.ts ended with ${code}.`)));
  const answer = async <T>(): Promise<T> => {
    const [message]: T[] = await Promise.race([once(child, 'message'), died]);
    if (message === undefined) throw new Error('bench/outside.ts said nothing.');
    return message;
  };
  // Somebody waits for it only while a question is open.
  died.catch(() => {});
  return {
    ...(await answer<Outside>()),
    taken: () => {
      const taken = answer<Taken>();
      child.send('taken');
      return taken;
    },
    stop: () => child.disconnect(),
  };
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
    ACCESS_CHANGES_BUS: 'changes',
    ROUTES: 'GET /api/config,POST /api/checkout',
  };
}
