/** The handlers: each the file `functions/<name>.ts`, and a bundle's folder. */
export const functionNames = [
  'config',
  'checkout',
  'checkout-session',
  'subscription',
  'portal',
  'invoices',
  'charges',
  'pay-charge',
  'members',
  'webhook',
  'reconcile',
  'charge-runs',
  'access-changes',
  'members-key',
  'fallback',
] as const;

export type FunctionName = (typeof functionNames)[number];

export interface Route {
  readonly method: 'GET' | 'POST';
  /** API Gateway's own notation: `{name}` is one path segment. */
  readonly path: string;
  readonly function: Exclude<FunctionName, 'members-key'>;
  /** Who may call it: anybody, those with an access token, or Stripe (the handler checks its signature). */
  readonly caller: 'anybody' | 'signed in' | 'stripe';
}

/**
 * The HTTP API, as docs/api.md describes it. One more route is a name above, a line here, what it needs in
 * functions/needs.ts, and its handler.
 */
export const routes: readonly Route[] = [
  { method: 'GET', path: '/api/config', function: 'config', caller: 'anybody' },
  { method: 'POST', path: '/api/checkout', function: 'checkout', caller: 'signed in' },
  { method: 'GET', path: '/api/checkout/{sessionId}', function: 'checkout-session', caller: 'signed in' },
  { method: 'GET', path: '/api/subscription', function: 'subscription', caller: 'signed in' },
  { method: 'POST', path: '/api/portal', function: 'portal', caller: 'signed in' },
  { method: 'GET', path: '/api/invoices', function: 'invoices', caller: 'signed in' },
  { method: 'GET', path: '/api/charges', function: 'charges', caller: 'signed in' },
  { method: 'POST', path: '/api/charges/{id}/pay', function: 'pay-charge', caller: 'signed in' },
  { method: 'GET', path: '/api/members', function: 'members', caller: 'signed in' },
  { method: 'POST', path: '/webhook', function: 'webhook', caller: 'stripe' },
];

export const routeKey = (route: Route): string => `${route.method} ${route.path}`;
