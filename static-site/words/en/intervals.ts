/** After a price, for Stripe's `recurring.interval`: "$29.00 a month". */
export const per = { day: 'a day', week: 'a week', month: 'a month', year: 'a year' };

/** A currency's sign, as it stands in an amount. */
export const sign = (currency: string): string => currency;
