/** The card that the next invoice is charged to. @param month as it stands on the card: "12/29" */
export const expires = (month: string): string => `Expires ${month}`;
export const expiresFirst = (month: string): string => `Expires ${month}, before the next payment`;
/** For a brand that we have no name for. */
export const someCard = 'Card';
/** Another way of paying than a card. */
export const atStripe = 'Saved at Stripe';
export const none = 'No card yet';
