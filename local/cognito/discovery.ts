import type { Context } from 'koa';

/** What Cognito's discovery document holds; a page that would rely on more works here and not there. */
const ANNOUNCED = new Set([
  'authorization_endpoint',
  'end_session_endpoint',
  'id_token_signing_alg_values_supported',
  'issuer',
  'jwks_uri',
  'response_types_supported',
  'revocation_endpoint',
  'scopes_supported',
  'subject_types_supported',
  'token_endpoint',
  'token_endpoint_auth_methods_supported',
  'userinfo_endpoint',
]);

/** Leaves out of the provider's answer what Cognito does not say: most of the discovery document, and `iss` on the way back. */
export function asCognitoSays(ctx: Context): void {
  if (ctx.path === '/.well-known/openid-configuration') ctx.body = announced(ctx.body);
  const to = ctx.response.get('location');
  if (URL.canParse(to) && new URL(to).searchParams.has('iss')) ctx.set('location', withoutIssuer(to));
}

function announced(document: unknown): object {
  const fields = typeof document === 'object' && document !== null ? Object.entries(document) : [];
  return Object.fromEntries(fields.filter(([name]) => ANNOUNCED.has(name)));
}

function withoutIssuer(to: string): string {
  const url = new URL(to);
  url.searchParams.delete('iss');
  return url.href;
}
