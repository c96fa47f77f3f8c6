/**
 * Stripe.js of the release that goes with the API version of stripe-node 23 (`2026-10-28.endive`), as @stripe/stripe-js 10 loads
 * it. It has to come from Stripe: https://docs.stripe.com/sdks/stripejs-versioning
 */
export const STRIPE_JS = 'https://js.stripe.com/endive/stripe.js';

/**
 * What a policy has to allow for Stripe.js and for Checkout inside the page, by directive:
 * https://docs.stripe.com/security/guide#content-security-policy. Without address autocompletion, which asks Google.
 */
export const STRIPE_SOURCES = {
  script: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://checkout.stripe.com'],
  connect: ['https://api.stripe.com', 'https://checkout.stripe.com'],
  frame: [
    'https://js.stripe.com',
    'https://*.js.stripe.com',
    'https://checkout.stripe.com',
    'https://hooks.stripe.com',
  ],
  image: ['https://*.stripe.com'],
} as const;
