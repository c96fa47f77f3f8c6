import type { FunctionName } from '../routes.ts';

/** Environment variables of the functions. Lambda's own (AWS_REGION, ...) come from the runtime. */
export type Variable =
  | 'TABLE_NAME'
  | 'SECRET_ID'
  | 'SITE_URL'
  | 'OIDC_ISSUER'
  | 'OIDC_CLIENT_ID'
  | 'GRACE_DAYS'
  | 'DISPUTES'
  | 'CHECKOUT_UI_MODE'
  | 'STRIPE_JS'
  | 'ACCESS_CHANGES_BUS'
  | 'MEMBERS_KEY_ID'
  | 'MEMBERS_KEY_SECRET_ID'
  | 'METRICS_NAMESPACE'
  | 'ROUTES';

/** What every function is told: under which name to count. */
export const toldToAll: readonly Variable[] = ['METRICS_NAMESPACE'];

export type TableAction = 'Query' | 'GetItem' | 'PutItem' | 'UpdateItem' | 'BatchGetItem' | 'Scan';

export interface Needs {
  readonly environment: readonly Variable[];
  /** Actions on the table's items. @default - none */
  readonly table?: readonly TableAction[];
  /** May find a user by Stripe customer id, through the index. @default false */
  readonly customerIndex?: boolean;
  /** May go through everybody who is a customer at Stripe, in the index. @default false */
  readonly allCustomers?: boolean;
  /** May read the Stripe keys. @default false */
  readonly secret?: boolean;
  /** May tell changes of access on the bus. @default false */
  readonly accessChanges?: boolean;
  /** May read the key that opens the members' files. @default false */
  readonly membersKey?: boolean;
  /** Seconds. @default 10 - the page has given up by then */
  readonly timeout?: number;
}

/** Takes events: finds out whose a Stripe object is, reads one record and writes it if it is newer. */
const keepsRecords = {
  environment: ['TABLE_NAME', 'SECRET_ID', 'DISPUTES'],
  table: ['GetItem', 'UpdateItem'],
  customerIndex: true,
  secret: true,
} satisfies Needs;

/** Reads what a user's access is and what was announced of it, and announces what has changed. */
const announces = {
  environment: ['TABLE_NAME', 'GRACE_DAYS', 'ACCESS_CHANGES_BUS'],
  table: ['Query', 'PutItem'],
  accessChanges: true,
} satisfies Needs;

/** All but the one that runs during a deployment only, and before the others are made: lib/members/members-key.ts. */
export type HandlerName = Exclude<FunctionName, 'members-key'>;

/** What each function is told and what it may do: all of it, and nothing else. */
export const needs: Readonly<Record<HandlerName, Needs>> = {
  config: {
    environment: ['SECRET_ID', 'OIDC_ISSUER', 'OIDC_CLIENT_ID', 'CHECKOUT_UI_MODE', 'STRIPE_JS'],
    secret: true,
  },
  checkout: {
    environment: ['TABLE_NAME', 'SECRET_ID', 'SITE_URL', 'OIDC_ISSUER', 'CHECKOUT_UI_MODE'],
    table: ['Query', 'GetItem', 'PutItem', 'UpdateItem'],
    secret: true,
  },
  'checkout-session': {
    environment: ['TABLE_NAME', 'SECRET_ID', 'GRACE_DAYS'],
    table: ['Query', 'GetItem', 'UpdateItem'],
    secret: true,
  },
  subscription: { environment: ['TABLE_NAME', 'GRACE_DAYS'], table: ['Query'] },
  portal: { environment: ['TABLE_NAME', 'SECRET_ID', 'SITE_URL', 'GRACE_DAYS'], table: ['Query'], secret: true },
  invoices: { environment: ['TABLE_NAME', 'SECRET_ID'], table: ['Query'], secret: true },
  charges: { environment: ['TABLE_NAME'], table: ['Query'] },
  'pay-charge': {
    environment: ['TABLE_NAME', 'SECRET_ID', 'SITE_URL'],
    table: ['GetItem', 'UpdateItem'],
    secret: true,
  },
  members: {
    environment: ['TABLE_NAME', 'GRACE_DAYS', 'SITE_URL', 'MEMBERS_KEY_ID', 'MEMBERS_KEY_SECRET_ID'],
    table: ['Query'],
    membersKey: true,
  },
  // Stripe waits longer than a person does, and every retry saved is an event applied sooner.
  webhook: { ...keepsRecords, timeout: 20 },
  // Goes through every subscription and every record there is: Lambda's longest.
  reconcile: {
    ...keepsRecords,
    ...announces,
    environment: [...keepsRecords.environment, 'GRACE_DAYS', 'ACCESS_CHANGES_BUS'],
    table: [...keepsRecords.table, ...announces.table, 'BatchGetItem', 'Scan'],
    timeout: 900,
  },
  // As long as reconcile, and for the same reason: everybody who has a customer at Stripe.
  'charge-runs': {
    environment: ['TABLE_NAME', 'SECRET_ID'],
    table: ['Query', 'GetItem', 'PutItem', 'UpdateItem'],
    allCustomers: true,
    secret: true,
    timeout: 900,
  },
  // A hundred writes at most come at once, each of another user at worst.
  'access-changes': { ...announces, timeout: 60 },
  fallback: { environment: ['ROUTES'] },
};
