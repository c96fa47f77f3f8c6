/** What the account's view names: the plan, what happens next, and the card. */
export const plan = 'الباقة';
export const next = 'ما التالي';
export const paidWith = 'وسيلة الدفع';
