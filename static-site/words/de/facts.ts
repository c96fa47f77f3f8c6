export const plan = 'Angebot';
export const next = 'Wie es weitergeht';
export const paidWith = 'Bezahlt mit';
