/** The front page, and the way back to it from sign-in. */
export const fetchingPlans = 'Fetching the plans…';
export const fetchingSubscription = 'Fetching your subscription…';
export const heroTitle = 'Good reading, and a quiet place for it';
export const heroText =
  'A members’ library with something new each week. Choose how you would like to join; cancel any time.';
export const welcomeBack = 'Welcome back';
export const plans = 'Plans';
export const changePlan = 'Change your plan';
export const noPlansTitle = 'No plans yet';
export const noPlansText = 'There is nothing to subscribe to just now. Please come back later.';
export const alreadySubscribed = 'You already have a subscription.';
/** While the visitor comes back from the sign-in page. */
export const signingInTitle = 'Signing in';
export const signingIn = 'Signing you in…';
