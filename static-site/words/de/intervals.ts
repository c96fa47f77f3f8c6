/** After a price, for Stripe's `recurring.interval`: "$29.00 a month". */
export const per = { day: 'am Tag', week: 'in der Woche', month: 'im Monat', year: 'im Jahr' };

/** A currency's sign, as it stands in an amount. */
export const sign = (currency: string): string => currency;
