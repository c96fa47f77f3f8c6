/** After a price, for Stripe's `recurring.interval`: "$29.00 a month". */
export const per = { day: 'يوميًا', week: 'أسبوعيًا', month: 'شهريًا', year: 'سنويًا' };

/** A currency's sign, as it stands in an amount: isolated, for the text around it would turn "US$" into "$US". */
export const sign = (currency: string): string => `\u2068${currency}\u2069`;
