/** The visitor's subscription: its status, what happens next, and the ways to change it. */
export const yourSubscription = 'Your subscription';
/** In place of a plan's name that we do not know. */
export const yourPlan = 'Your plan';
export const updateCard = 'Update card';
export const addCard = 'Add a card';
export const billing = 'Billing and invoices';
export const manage = 'Manage subscription';
export const keep = 'Keep my subscription';
export const changePlan = 'Change plan';
export const cancel = 'Cancel';
export const openingBilling = 'Opening billing…';

/** One or two words for a badge. */
export const active = 'Active';
export const paymentsPaused = 'Payments paused';
export const freeTrial = 'Free trial';
export const ending = 'Ending';
export const paymentDue = 'Payment due';
export const unpaid = 'Unpaid';
export const paused = 'Paused';
export const notConfirmed = 'Not confirmed';
export const notStarted = 'Not started';
export const ended = 'Ended';
export const unknown = 'Unknown';

/** @param date such as "June 15, 2026" @param amount empty when the price is not known */
export const renews = (date: string, amount: string): string => `Renews on ${date}${amount && ` for ${amount}`}.`;
export const renewsAutomatically = 'Renews automatically.';
/** @param end null when it is not known @param price such as "$29.00 a month", or empty */
export const trial = (end: string | null, price: string): string =>
  `Trial${end ? ` until ${end}` : ''}${price && `, then ${price}`}.`;
export const trialWithoutCard = 'Add a card before then to carry on.';
export const endsOn = (date: string | null): string =>
  `${date ? `Ends on ${date}` : 'Ends soon'}. You keep access until then, and nothing more is charged.`;
export const inGrace = (date: string | null): string =>
  `Your last payment did not go through. Pay it or update your card ${date ? `by ${date}` : 'soon'} to keep your access.`;
export const pastDue = 'Your last payment did not go through. Pay it or update your card to get your access back.';
export const severalUnpaid = 'Several payments did not go through. Pay what is open to get your access back.';
export const paymentsPausedUntil = (date: string | null): string =>
  `Payments are paused ${date ? `until ${date}` : 'for now'}. You keep your access.`;
export const pausedWithCard = 'Your subscription is paused. Nothing is charged until it is resumed.';
export const pausedWithoutCard =
  'Your trial ended without a card. Nothing was charged; add a card and your plan starts at once.';
export const incomplete = 'The first payment is not confirmed yet.';
export const incompleteExpired = 'The first payment was not made in time, so the subscription never began.';
export const unknownState = 'We could not tell the state of your subscription. Billing has the details.';

/** Why a subscription ended, by the API's `endedBecause`. */
export const endedBecause = {
  payment_failed: ' because it was not paid',
  payment_disputed: ' because a payment was disputed',
  cancellation_requested: ' because it was cancelled',
};
/** @param because one of `endedBecause`, or empty */
export const endedOn = (date: string | null, because: string): string =>
  `${date ? `Ended on ${date}` : 'Your subscription has ended'}${because}. You are welcome back any time.`;

/** Back from Stripe's pages. */
export const checkingForChanges = 'Checking for changes…';
export const updated = 'Updated just now.';
export const changed = (sentence: string): string => `Your subscription has changed. ${sentence}`;
export const noChanges = 'No changes so far.';
export const madeOne = 'Just made one? It can take a minute to show here.';
