import { openTable } from '../../clients/records/table.ts';
import { setting } from './env.ts';

/** The one table, by one client: all that a function asks of it goes over the same connections. */
export const table = openTable(setting('TABLE_NAME'));
