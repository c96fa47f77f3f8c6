import { openTable } from '../clients/records/table.ts';
import { users } from '../clients/records/users.ts';
import { accountView } from './shared/account.ts';
import { setting } from './shared/env.ts';
import { json, route } from './shared/http.ts';
import { userIdOf } from './shared/request.ts';

const user = users(openTable(setting('TABLE_NAME')));

/** `GET /api/subscription`: the user's plan and access, by one query of our own records. Stripe is not asked. */
export const handler = route(async (event) => {
  const userId = userIdOf(event);
  return json(accountView(userId, await user.read(userId)));
});
