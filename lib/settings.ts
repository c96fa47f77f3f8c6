import type { Node } from 'constructs';

/** An OpenID provider of your own, used instead of the stack's Cognito user pool. */
export interface OwnProvider {
  /** Exactly as the provider writes it in the token's `iss`, so a trailing slash counts. */
  readonly issuer: string;
  /** The public client registered there: code grant with PKCE, no secret, redirect to `<SiteUrl>/`. */
  readonly clientId: string;
  /** Origins the page may call to sign in, e.g. `https://accounts.example.com`. */
  readonly origins: readonly string[];
}

/** What an operator may choose, in `cdk.json` or with `cdk deploy -c name=value`. */
export interface Settings {
  /** Context `stage`: a second, separate stack in the same account. @default - none, the stack is `Subscriptions` */
  readonly stage?: string;
  /** Context `graceDays`: days of access after a renewal that failed. @default 7 */
  readonly graceDays: number;
  /** Context `disputes`: what a disputed payment does to its subscription. @default keep */
  readonly disputes: 'keep' | 'cancel';
  /**
   * Context `oidcIssuer` with `oidcClientId`, and `oidcOrigins` (comma separated) when the provider's token endpoint
   * is not on the issuer's own origin.
   * @default - the stack makes a Cognito user pool
   */
  readonly provider?: OwnProvider;
}

/** Reads the settings from the context of `node`. Throws an Error that names the context key, the value and what is allowed. */
export const readSettings = (node: Node): Settings => {
  const stage = readText(node, 'stage');
  const provider = readProvider(node);
  return {
    ...(stage === undefined ? {} : { stage: checkStage(stage) }),
    graceDays: readGraceDays(node),
    disputes: readDisputes(node),
    ...(provider === undefined ? {} : { provider }),
  };
};

const refuse = (key: string, value: unknown, rule: string): never => {
  throw new Error(
    `Context "${key}" is ${JSON.stringify(value)}, but ${rule}. Set it in cdk.json or with -c ${key}=...`,
  );
};

/** On the command line `-c name=` is how one takes a value away, hence empty counts as absent. */
const read = (node: Node, key: string): unknown => {
  const value: unknown = node.tryGetContext(key);
  return value === null || value === '' ? undefined : value;
};

const readText = (node: Node, key: string): string | undefined => {
  const value = read(node, key);
  return value === undefined || typeof value === 'string' ? value : refuse(key, value, 'it has to be a text');
};

const checkStage = (stage: string): string =>
  /^[a-z][a-z0-9-]{0,19}$/.test(stage)
    ? stage
    : refuse('stage', stage, 'it has to be up to 20 small letters, digits and hyphens, beginning with a letter');

/** Stripe gives up on a failed renewal within two months at most: more days of grace could never end. */
const readGraceDays = (node: Node): number => {
  const value = read(node, 'graceDays') ?? 7;
  const days = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof days === 'number' && Number.isInteger(days) && days >= 0 && days <= 60
    ? days
    : refuse('graceDays', value, 'it has to be a whole number of days from 0 to 60');
};

const readDisputes = (node: Node): 'keep' | 'cancel' => {
  const value = readText(node, 'disputes') ?? 'keep';
  return value === 'keep' || value === 'cancel' ? value : refuse('disputes', value, 'it has to be keep or cancel');
};

const readProvider = (node: Node): OwnProvider | undefined => {
  const issuer = readText(node, 'oidcIssuer');
  const clientId = readText(node, 'oidcClientId');
  const origins = readText(node, 'oidcOrigins');
  if (issuer === undefined && clientId === undefined && origins === undefined) return undefined;
  if (issuer === undefined) return refuse('oidcIssuer', issuer, 'a provider of your own needs its issuer');
  if (clientId === undefined) return refuse('oidcClientId', clientId, 'a provider of your own needs the client id');
  const own = checkIssuer(issuer).origin;
  return { issuer, clientId, origins: [...new Set([own, ...(origins ?? own).split(',').map(checkOrigin)])] };
};

const checkIssuer = (issuer: string): URL => {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  const fits = url?.protocol === 'https:' && url.search === '' && url.hash === '' && url.username === '';
  return url !== undefined && fits ? url : refuse('oidcIssuer', issuer, 'it has to be an https URL without query');
};

const checkOrigin = (text: string): string => {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  return url?.protocol === 'https:' && url.origin === text.trim()
    ? url.origin
    : refuse('oidcOrigins', text, 'each has to be like https://accounts.example.com, without a path');
};
