/** In place of Stripe.js: the three calls that a page needs to take a subscription's first payment, by Stripe's names. */
import { checkoutElements } from './elements.ts';
import { embeddedCheckout } from './embedded.ts';

function ownOrigin(): string {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) throw new Error('Stripe.js is to be loaded by a script element.');
  return new URL(script.src).origin;
}

function createStripe(simulator: string) {
  const createEmbeddedCheckoutPage = embeddedCheckout(simulator);
  const initCheckoutElementsSdk = checkoutElements(simulator);
  return (publishableKey: unknown) => {
    if (typeof publishableKey !== 'string' || !/^pk_test_\w+$/.test(publishableKey))
      throw new Error(
        'Please call Stripe() with your publishable key, of the sandbox. The simulator takes pk_test_...',
      );
    return { createEmbeddedCheckoutPage, initCheckoutElementsSdk };
  };
}

Object.assign(window, { Stripe: Object.assign(createStripe(ownOrigin()), { version: 'endive' }) });
