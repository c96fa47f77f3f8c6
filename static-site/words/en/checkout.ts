/** To Checkout, and back from it. */
export const checkout = 'Checkout';
export const takingYou = 'Taking you to Checkout…';
export const confirmingTitle = 'Confirming';
export const confirming = 'Confirming your subscription with Stripe…';
export const stillConfirming = 'Still confirming. This usually takes a few seconds.';
export const subscribedTitle = 'Subscribed';
export const subscribed = 'You have successfully subscribed!';
export const startReading = 'Start reading';
export const onItsWay = {
  title: 'Your payment is on its way',
  text: 'Your bank takes a while to confirm this way of paying. Your access opens by itself when the money arrives; there is nothing more to do.',
};
export const takingLong = {
  title: 'This takes longer than usual',
  text: 'Your payment went through, and you need not pay again. We are still waiting for the confirmation.',
};
export const notFinished = {
  title: 'This checkout is not finished',
  text: 'Nothing was charged. You can choose your plan again.',
};
export const expired = {
  title: 'This checkout has expired',
  text: 'Nothing was charged. Choose your plan again to start a new one.',
};
export const cancelledTitle = 'Checkout cancelled';
export const cancelled = 'You have cancelled the checkout.';
export const nothingCharged = 'Nothing was charged. The plans are still here when you want them.';
