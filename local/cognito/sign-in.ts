import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import type { Provider } from 'oidc-provider';
import { readBody } from '../net/server.ts';
import { parseEmail, type Accounts } from './accounts.ts';
import { faultPage, signInPage } from './pages.ts';

const LARGEST_FORM = 4096;

/** Where the provider sends who is not signed in yet; `uid` names the interrupted request. */
export const signInPath = (uid: string): string => `/login/${uid}`;

/** Answers the sign-in page and its form. @returns false when the request is for something else */
export async function signIn(ctx: Context, provider: Provider, accounts: Accounts): Promise<boolean> {
  if (!ctx.path.startsWith(signInPath(''))) return false;
  const interrupted = await provider.interactionDetails(ctx.req, ctx.res).catch(() => undefined);
  if (!interrupted) {
    show(ctx, 400, faultPage('session_not_found', 'This sign-in has expired, or was started in another browser.'));
    return true;
  }
  if (ctx.method !== 'POST') {
    const hint = interrupted.params['login_hint'];
    show(ctx, 200, signInPage({ action: ctx.path, email: typeof hint === 'string' ? hint : '' }));
    return true;
  }
  const form = await readForm(ctx.req);
  const email = parseEmail(form.get('email'));
  if (email === undefined) {
    const fault = 'Enter an email, such as ada@example.com.';
    show(ctx, 400, signInPage({ action: ctx.path, email: form.get('email') ?? '', fault }));
    return true;
  }
  const { sub } = accounts.signIn(email);
  const next = await provider.interactionResult(ctx.req, ctx.res, { login: { accountId: sub } });
  ctx.redirect(next);
  ctx.status = 303;
  return true;
}

/** Sends a page that nobody may frame or keep, and that loads nothing. */
export function show(ctx: Context, status: number, html: string): void {
  ctx.status = status;
  ctx.type = 'html';
  ctx.set({
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  ctx.body = html;
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const body = await readBody(request, LARGEST_FORM);
  return new URLSearchParams(body === 'too large' ? '' : body.toString());
}
