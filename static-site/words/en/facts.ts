/** What the account's view names: the plan, what happens next, and the card. */
export const plan = 'Plan';
export const next = 'What happens next';
export const paidWith = 'Paid with';
