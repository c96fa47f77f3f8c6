import { users } from '../../clients/records/users.ts';
import type { Decision } from '../../billing/access.ts';
import { decide } from './account.ts';
import type { Handler, HttpEvent, HttpResult } from './http.ts';
import { Problem } from './problem.ts';
import { userIdOf } from './request.ts';
import { table } from './table.ts';

const user = users(table);

/**
 * Guards a route: `export const handler = route(subscribersOnly(async (event) => json(...)))`.
 * In lib/routes.ts the route wants the JWT authorizer, and the function may Query the table.
 */
export function subscribersOnly(handle: (event: HttpEvent, access: Decision) => Promise<HttpResult>): Handler {
  return async (event) => {
    const userId = userIdOf(event);
    const access = decide(userId, await user.read(userId));
    const { allowed, reason } = access;
    if (!allowed) throw new Problem(403, 'subscription_required', 'This is for subscribers.', { extra: { reason } });
    return handle(event, access);
  };
}
