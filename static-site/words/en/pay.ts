/** Beside the subscription: a card for later, and what is charged to it. */
export const payments = 'Payments';
export const fetching = 'Fetching your payments…';
export const saveCard = 'Save a card for later';
export const paymentDue = 'A payment is due';
export const nothingDue = 'Nothing is due';
export const onlyWhatWeTellYou =
  'A card you save is charged only for what we tell you of. Your subscription stays with its own.';
export const notFinished = 'This checkout is not finished';
export const cardSaved = 'Your card is saved';
export const thankYou = 'Thank you, your payment went through';
/** After what the charge is for. */
export const declined = ': your card was declined.';
export const toConfirm = ': your bank asks you to confirm it.';
export const pay = (amount: string): string => `Pay ${amount} now`;

/** One or two words for a badge. */
export const paid = 'Paid';
export const due = 'Due';
export const underWay = 'Under way';
