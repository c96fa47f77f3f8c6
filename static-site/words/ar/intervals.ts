/** After a price, for Stripe's `recurring.interval`: "$29.00 a month". */
export const per = { day: 'يوميًا', week: 'أسبوعيًا', month: 'شهريًا', year: 'سنويًا' };
