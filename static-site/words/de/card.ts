/** The card that the next invoice is charged to. @param month as it stands on the card: "12/29" */
export const expires = (month: string): string => `Gültig bis ${month}`;
export const expiresFirst = (month: string): string => `Gültig nur bis ${month}, vor der nächsten Zahlung`;
export const someCard = 'Karte';
export const atStripe = 'Bei Stripe hinterlegt';
export const none = 'Noch keine Karte';
