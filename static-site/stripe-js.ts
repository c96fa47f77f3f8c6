/**
 * Stripe.js, as far as this page calls it: names and shapes are those of @stripe/stripe-js 10 (release `endive`). It is loaded
 * from Stripe, when somebody is about to pay here and not before.
 */
import { blocked } from '#words/checkout-here';
import { Fault } from './kit.ts';

export interface Stripe {
  /** `ui_mode: embedded_page`. Goes to the session's `return_url` by itself when it is paid. */
  readonly createEmbeddedCheckoutPage: (options: { clientSecret: string }) => Promise<EmbeddedCheckout>;
  /** `ui_mode: elements`. */
  readonly initCheckoutElementsSdk: (options: ElementsOptions) => CheckoutElements;
}

export interface EmbeddedCheckout {
  mount(place: HTMLElement): void;
  /** Before there can be another one. */
  destroy(): void;
}

/** https://docs.stripe.com/elements/appearance-api */
export interface Appearance {
  readonly theme: 'stripe' | 'night';
  readonly variables: Readonly<Record<string, string>>;
}

interface ElementsOptions {
  readonly clientSecret: string;
  readonly elementsOptions: { readonly appearance: Appearance };
}

export interface CheckoutElements {
  loadActions(): Promise<
    | { readonly type: 'success'; readonly actions: Actions }
    | { readonly type: 'error'; readonly error: { readonly message: string } }
  >;
  createPaymentElement(): { mount(place: HTMLElement): void };
  changeAppearance(appearance: Appearance): void;
}

export interface Actions {
  getSession(): Session;
  /** Goes to the session's `return_url` by itself when it is paid. */
  confirm(): Promise<
    { readonly type: 'success' } | { readonly type: 'error'; readonly error: { readonly message: string } }
  >;
}

/** Of the session, what this page shows. Amounts are in the currency's minor unit; times whole seconds since 1970, UTC. */
export interface Session {
  readonly currency: string;
  readonly total: { readonly total: { readonly minorUnitsAmount: number } };
  readonly recurring: { readonly trial: { readonly trialEnd: number } | null } | null;
}

declare global {
  interface Window {
    Stripe?: (publishableKey: string, options: { locale: string }) => Stripe;
    /** https://developer.mozilla.org/docs/Web/API/TrustedTypePolicyFactory */
    trustedTypes?: {
      readonly defaultPolicy: object | null;
      createPolicy(name: string, rules: { createScriptURL(url: string): string | null }): object;
    };
  }
}

/** @throws Fault in words, when a blocker or the network keeps it away */
export async function loadStripe(address: string, publishableKey: string): Promise<Stripe> {
  if (!window.Stripe) {
    allowScriptsOf(new URL(address).origin);
    await load(address);
  }
  if (!window.Stripe) throw new Fault('problem', { detail: blocked });
  return window.Stripe(publishableKey, { locale: document.documentElement.lang });
}

/** The one policy for trusted types that the page may make (decision 28): Stripe's scripts, and neither HTML nor code in text. */
function allowScriptsOf(origin: string): void {
  const factory = window.trustedTypes;
  if (!factory || factory.defaultPolicy) return;
  const isStripes = (url: URL): boolean =>
    url.origin === origin || (url.protocol === 'https:' && url.hostname.endsWith('.js.stripe.com'));
  factory.createPolicy('default', { createScriptURL: (url) => (isStripes(new URL(url, location.href)) ? url : null) });
}

const load = (address: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', (cause) => {
      script.remove();
      reject(new Fault('problem', { detail: blocked, cause }));
    });
    document.head.append(script);
  });
