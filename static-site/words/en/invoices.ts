/** The visitor's invoices. */
export const invoices = 'Invoices';
export const fetching = 'Fetching your invoices…';
export const failed = 'Your invoices could not be fetched';
export const onItsWay = (amount: string): string =>
  `Your payment of ${amount} is on its way. Your bank takes a few days.`;
export const toConfirm = (amount: string): string => `Your bank asks you to confirm a payment of ${amount}.`;
export const isDue = (amount: string): string => `${amount} is due.`;
export const weTryAgain = (date: string): string => `We try your card again on ${date}.`;
export const confirm = 'Confirm the payment';
export const pay = (amount: string): string => `Pay ${amount} now`;
export const showMore = 'Show more';
export const fetchingMore = 'Fetching more…';
export const pdf = 'PDF';
export const view = 'View';
export const pdfOf = (number: string): string => `PDF of invoice ${number}`;
export const viewOf = (number: string): string => `View of invoice ${number}`;
export const refundedPartly = (amount: string): string => `${amount} refunded`;

/** One or two words for a badge. */
export const disputed = 'Disputed';
export const refunded = 'Refunded';
export const paid = 'Paid';
export const processing = 'On its way';
export const due = 'Due';
export const uncollectible = 'Not paid';
export const voided = 'Void';
