import type Stripe from 'stripe';
import { ownPaying } from '../../clients/charges/own-paying.ts';
import { openTable } from '../../clients/records/table.ts';
import { nowSeconds, setting } from './env.ts';

const table = openTable(setting('TABLE_NAME'));

/** What customers pay of charges, with the keys of now. */
export const payingWith = (stripe: Stripe) => ownPaying(stripe, table, nowSeconds);
