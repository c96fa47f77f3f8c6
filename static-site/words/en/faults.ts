/** What went wrong, and what helps. `backticks` set off what is to be typed. */
export const offline = {
  title: 'You seem to be offline',
  text: 'We could not reach the server. Check your connection, then try again.',
};
export const timeout = {
  title: 'This takes too long',
  text: 'The server did not answer in time. Please try again.',
};
export const signedOut = {
  title: 'Please sign in',
  text: 'You have been signed out. Sign in to carry on where you were.',
};
export const unauthorized = {
  title: 'Your sign-in was not accepted',
  text: 'The server did not take it. Please sign in once more.',
};
export const signInFailed = {
  title: 'You are not signed in',
  text: 'Signing in did not work. Please try again.',
};
export const signInCancelled = 'You left the sign-in page before you were done.';
export const signInUnasked = 'We could not finish signing you in here. Please sign in once more.';
export const signInPageMissing = 'The sign-in service has no sign-in page.';
export const unexpected = {
  title: 'Something went wrong',
  text: 'We got an answer we did not expect. Please try again in a moment.',
};
export const notConfigured = 'Not open yet';
export const stripeUnavailable = {
  title: 'Payments cannot be reached',
  text: 'Our payment partner does not answer just now. Nothing was charged. Please try again in a moment.',
};
export const providerUnavailable = {
  title: 'Sign-in cannot be reached',
  text: 'We could not look up your account just now. Please try again in a moment.',
};
export const checkoutNotFound = {
  title: 'We could not find that checkout',
  text: 'It may belong to another account than the one you are signed in with.',
};
export const unknownPlan = {
  title: 'That plan is no longer offered',
  text: 'Please choose one of the current plans.',
};
export const noCustomer = {
  title: 'There is nothing to manage yet',
  text: 'Billing opens with your first subscription.',
};
export const checkoutConflict = {
  title: 'That was too much at once',
  text: 'Another checkout of yours was opened at the same moment. Please try again.',
};
export const chargeSettled = { title: 'There is nothing to pay here', text: 'This payment is settled, or on its way.' };
export const noAccess = { title: 'This is for members', text: 'Choose a plan and it opens at once.' };
export const ourFault = 'Something went wrong on our side';
export const refused = 'That did not work';
export const inAMoment = 'Please try again in a moment.';
export const reference = (id: string): string => ` Reference: ${id}`;
