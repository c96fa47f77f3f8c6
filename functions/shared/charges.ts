import type Stripe from 'stripe';
import { ownPaying } from '../../clients/charges/own-paying.ts';
import { nowSeconds } from './env.ts';
import { table } from './table.ts';

/** What customers pay of charges, with the keys of now. */
export const payingWith = (stripe: Stripe) => ownPaying(stripe, table, nowSeconds);
