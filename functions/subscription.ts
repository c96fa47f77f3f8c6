import { users } from '../clients/records/users.ts';
import { accountView } from './shared/account.ts';
import { json, route } from './shared/http.ts';
import { userIdOf } from './shared/request.ts';
import { table } from './shared/table.ts';

const user = users(table);

/** `GET /api/subscription`: the user's plan and access, by one query of our own records. Stripe is not asked. */
export const handler = route(async (event) => {
  const userId = userIdOf(event);
  return json(accountView(userId, await user.read(userId)));
});
