/** The identity provider did not answer as OpenID Connect says it does. */
export class IdentityProviderError extends Error {
  override readonly name = 'IdentityProviderError';
}

/** The provider does not take the token: it was revoked, or it is not for `openid`. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

const TIMEOUT_MS = 5000;

/**
 * The email that the identity provider has verified for the bearer of this access token, from its userinfo endpoint;
 * null when it has none or has not verified it.
 *
 * @param userId the token's `sub`: the answer must be about the same person (OpenID Connect Core 5.3.2)
 * @throws IdentityProviderError, TokenRefused
 */
export async function verifiedEmail(issuer: string, accessToken: string, userId: string): Promise<string | null> {
  const discovery = await getJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {});
  const endpoint = discovery['userinfo_endpoint'];
  if (typeof endpoint !== 'string') throw new IdentityProviderError('The provider names no userinfo endpoint.');
  const info = await getJson(endpoint, { authorization: `Bearer ${accessToken}` });
  if (info['sub'] !== userId) throw new IdentityProviderError('The userinfo is about somebody else.');
  const verified = info['email_verified'] === true || info['email_verified'] === 'true'; // Cognito says it in a string
  return verified && typeof info['email'] === 'string' ? info['email'] : null;
}

async function getJson(url: string, headers: Record<string, string>): Promise<Record<string, unknown>> {
  try {
    const response = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if ('authorization' in headers && [401, 403].includes(response.status))
      throw new TokenRefused('The identity provider refused the token.');
    if (!response.ok) throw new Error(`status ${response.status}`);
    const json: unknown = await response.json();
    return typeof json === 'object' && json !== null ? { ...json } : {};
  } catch (error) {
    if (error instanceof TokenRefused) throw error;
    throw new IdentityProviderError(`${new URL(url).pathname} of the identity provider failed.`, { cause: error });
  }
}
