/** What stands on more than one view. */
export const tryAgain = 'Try again';
export const tryingAgain = 'Trying again…';
export const checkAgain = 'Check again';
export const checking = 'Checking…';
export const signIn = 'Sign in';
export const goingToSignIn = 'Going to sign-in…';
export const backToPlans = 'Back to plans';
export const openingCheckout = 'Opening Checkout…';
export const oneMoment = 'One moment…';
