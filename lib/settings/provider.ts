import type { Node } from 'constructs';
import { readText, refuse } from './context.ts';

/** An OpenID provider of your own, used instead of the stack's Cognito user pool. */
export interface OwnProvider {
  /** Exactly as the provider writes it in the token's `iss`, so a trailing slash counts. */
  readonly issuer: string;
  /** The public client registered there: code grant with PKCE, no secret, redirect to `<SiteUrl>/`. */
  readonly clientId: string;
  /** Origins the page may call to sign in, e.g. `https://accounts.example.com`. */
  readonly origins: readonly string[];
}

export const readProvider = (node: Node): OwnProvider | undefined => {
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
