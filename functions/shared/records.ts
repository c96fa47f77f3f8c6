import { subscriptionRecords } from '../../clients/records/subscriptions.ts';
import { users } from '../../clients/records/users.ts';
import { count } from './metrics.ts';
import { table } from './table.ts';

export const user = users(table);
export const records = subscriptionRecords(table);

export const conflicted = (): void => count({ Conflicts: 1 }, { At: 'record' });
