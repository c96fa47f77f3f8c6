/** After a price, for Stripe's `recurring.interval`: "$29.00 a month". */
export const per = { day: 'a day', week: 'a week', month: 'a month', year: 'a year' };
