/** What the account's view names: the plan, what happens next, and the card. */
export const plan = 'Angebot';
export const next = 'Wie es weitergeht';
export const paidWith = 'Bezahlt mit';
