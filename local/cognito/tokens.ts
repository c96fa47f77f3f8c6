import { exportJWK, generateKeyPair, jwtVerify, SignJWT, type JWK } from 'jose';
import type { KoaContextWithOIDC } from 'oidc-provider';

export interface TokenSigner {
  /** The private key, for the provider to sign ID tokens with, so that one key set verifies both. */
  readonly jwk: JWK;
  /** An access token as Cognito makes them: no `aud`, but `client_id` and `token_use`. */
  sign(claims: {
    id: string;
    sub: string;
    clientId: string;
    scope: string;
    authTime: number;
    seconds: number;
  }): Promise<string>;
  /** The id inside an access token of ours, or undefined when it is none, or has expired. */
  read(token: string): Promise<string | undefined>;
}

export async function createTokenSigner(issuer: string): Promise<TokenSigner> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'local' };
  return {
    jwk,
    sign: ({ id, sub, clientId, scope, authTime, seconds }) =>
      new SignJWT({ client_id: clientId, token_use: 'access', version: 2, scope, auth_time: authTime, username: sub })
        .setProtectedHeader({ alg: jwk.alg, kid: jwk.kid })
        .setIssuer(issuer)
        .setSubject(sub)
        .setJti(id)
        .setIssuedAt()
        .setExpirationTime(`${seconds}s`)
        .sign(privateKey),
    async read(token) {
      const verified = await jwtVerify(token, publicKey, { issuer, algorithms: ['RS256'] }).catch(() => undefined);
      // An ID token has no id.
      return verified?.payload.jti;
    },
  };
}

interface TokenRequest {
  readonly ctx: KoaContextWithOIDC;
  readonly signer: TokenSigner;
  readonly rotates: (clientId: string) => boolean;
}

/**
 * Makes the token endpoint's answer Cognito's.
 *
 * The provider itself keeps opaque access tokens, whose ids go into the JWT: it refuses to issue a JWT without an audience, and
 * refuses at userinfo one that has it, while Cognito's have none and are good for both. So the provider still decides about
 * every token, and only its outside changes.
 */
export async function cognitoTokens({ ctx, signer, rotates }: TokenRequest): Promise<void> {
  const { AccessToken: token, AuthorizationCode: code, RefreshToken: refresh } = ctx.oidc.entities;
  const answer = asRecord(ctx.body);
  if (!token?.accountId || !token.clientId || !answer) return;
  const accessToken = await signer.sign({
    id: String(answer['access_token']),
    sub: token.accountId,
    clientId: token.clientId,
    scope: token.scope ?? '',
    authTime: code?.authTime ?? refresh?.authTime ?? 0,
    seconds: token.expiration,
  });
  const { scope: _, refresh_token: refreshToken, ...rest } = answer;
  // Cognito hands a refresh token out again only when it is a new one.
  const keepsOld = code === undefined && !rotates(token.clientId);
  ctx.body = { ...rest, access_token: accessToken, ...(keepsOld ? {} : { refresh_token: refreshToken }) };
}

/** The Authorization header with which the provider knows an access token again; one it never knows for any other. */
export async function innerAuthorization(header: string, signer: TokenSigner): Promise<string> {
  const token = /^Bearer (.+)$/i.exec(header)?.[1] ?? '';
  return `Bearer ${(await signer.read(token)) ?? 'unknown'}`;
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}
