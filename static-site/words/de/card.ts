export const expires = (month: string): string => `Gültig bis ${month}`;
export const expiresFirst = (month: string): string => `Gültig nur bis ${month}, vor der nächsten Zahlung`;
export const someCard = 'Karte';
export const atStripe = 'Bei Stripe hinterlegt';
export const none = 'Noch keine Karte';
