import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';

/** AWS::ApiGatewayV2::Authorizer of type JWT. */
export interface AuthorizerDefinition {
  issuer: string;
  audience: string[];
}

/** Claims as they reach a function: all of them strings. */
export type Claims = Record<string, string>;

export type Verdict =
  | { kind: 'accepted'; claims: Claims; scopes: string[] | null }
  | { kind: 'unauthorized'; challenge: string }
  | { kind: 'forbidden'; challenge: string }
  | { kind: 'unavailable'; reason: string };

export type Authorizer = (token: string | undefined, routeScopes: string[]) => Promise<Verdict>;

/**
 * API Gateway's JWT authorizer: signature by a key of the issuer's jwks_uri (RSA only), `iss`, `aud` (or `client_id`
 * when there is no `aud`), `exp`, `nbf`, `iat`, then the route's scopes in `scope` or `scp`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export function jwtAuthorizer({ issuer, audience }: AuthorizerDefinition): Authorizer {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const keysOnce = (): Promise<JWTVerifyGetKey> =>
    (keys ??= discover(issuer).catch((error: unknown) => {
      keys = undefined;
      throw error;
    }));
  return async (token, routeScopes) => {
    if (token === undefined || token === '') return { kind: 'unauthorized', challenge: 'Bearer' };
    try {
      const { payload } = await jwtVerify(token, await keysOnce(), { issuer, algorithms: ['RS256', 'RS384', 'RS512'] });
      checkAudience(payload, audience);
      checkTimes(payload);
      return withScopes(payload, routeScopes);
    } catch (error) {
      return refused(error);
    }
  };
}

/** A fault of the token that jose has no word for. */
class InvalidToken extends Error {
  override name = 'InvalidToken';
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const settings: unknown = await response.json();
  if (typeof settings !== 'object' || settings === null || !('jwks_uri' in settings)) {
    throw new Error(`${issuer} answers its discovery without a jwks_uri`);
  }
  return createRemoteJWKSet(new URL(String(settings.jwks_uri)));
}

function checkAudience(payload: JWTPayload, audience: string[]): void {
  const given = payload.aud ?? payload['client_id'];
  const names = (Array.isArray(given) ? given : [given]).map(String);
  if (!names.some((name) => audience.includes(name))) throw new InvalidToken('invalid audience');
}

/** jose has looked at exp and nbf where they are there; API Gateway wants exp, and an iat that is not in the future. */
function checkTimes(payload: JWTPayload): void {
  if (payload.exp === undefined) throw new InvalidToken('the token has no expiry');
  if (payload.iat !== undefined && payload.iat > Date.now() / 1000) throw new InvalidToken('issued in the future');
}

function withScopes(payload: JWTPayload, routeScopes: string[]): Verdict {
  const scopes = scopesOf(payload['scope'] ?? payload['scp']);
  const claims = Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, claimText(value)]));
  if (routeScopes.length === 0) return { kind: 'accepted', claims, scopes: null };
  if (routeScopes.some((scope) => scopes.includes(scope))) return { kind: 'accepted', claims, scopes: routeScopes };
  const challenge = `Bearer scope="${routeScopes.join(' ')}" error="insufficient_scope" error_description="insufficient scope"`;
  return { kind: 'forbidden', challenge };
}

function scopesOf(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.map(String);
  return typeof claim === 'string' ? claim.split(' ') : [];
}

/** A list is `[a b]`; numbers and booleans are written out. */
function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(String).join(' ')}]`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function refused(error: unknown): Verdict {
  const ofToken =
    error instanceof InvalidToken || (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout));
  if (!ofToken) return { kind: 'unavailable', reason: String(error) };
  const description = error instanceof errors.JWTExpired ? 'the token has expired' : error.message.replaceAll('"', "'");
  return {
    kind: 'unauthorized',
    challenge: `Bearer scope="" error="invalid_token" error_description="${description}"`,
  };
}

/** The token that the request carries; API Gateway takes it with or without `Bearer `. */
export function tokenFrom(source: string, headers: Record<string, string>, query: string): string | undefined {
  const [, place, name = ''] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  const value = place === 'header' ? headers[name.toLowerCase()] : new URLSearchParams(query).get(name);
  return value?.replace(/^bearer\s+/i, '').trim();
}
