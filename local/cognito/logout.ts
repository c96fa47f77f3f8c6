import type { Context } from 'koa';
import { faultPage } from './pages.ts';
import { routes } from './provider.ts';
import { show } from './sign-in.ts';
import type { UserPoolClient } from './user-pool-client.ts';

/**
 * Cognito's way to sign out, `/logout?client_id=...&logout_uri=...`, turned into OpenID's, which the provider answers.
 * OpenID's own (`post_logout_redirect_uri`, with `id_token_hint` or `client_id`) passes as it is.
 * @returns true when it has been refused here
 */
export function cognitoLogout(ctx: Context, clients: ReadonlyMap<string, UserPoolClient>): boolean {
  const query = new URLSearchParams(ctx.querystring);
  const uri = query.get('logout_uri');
  if (ctx.path !== routes.end_session || uri === null) return false;
  const client = clients.get(query.get('client_id') ?? '');
  if (!client?.logoutUrls.includes(uri)) {
    const fault = client
      ? 'The logout_uri is none of the LogoutURLs of this client.'
      : 'logout_uri needs the client_id of an app client.';
    show(ctx, 400, faultPage('invalid_request', fault));
    return true;
  }
  query.delete('logout_uri');
  query.set('post_logout_redirect_uri', uri);
  ctx.querystring = query.toString();
  return false;
}
