import { createFrame } from './mount.ts';

export interface EmbeddedOptions {
  readonly clientSecret?: string;
  readonly fetchClientSecret?: () => Promise<string>;
}

/** `stripe.createEmbeddedCheckoutPage()`: Checkout's page in a frame. One at a time, as with Stripe. */
export function embeddedCheckout(simulator: string) {
  let taken = false;
  return async ({ clientSecret, fetchClientSecret }: EmbeddedOptions) => {
    if (taken) throw new Error('You cannot have multiple Embedded Checkout objects.');
    taken = true;
    const secret = clientSecret ?? (await fetchClientSecret?.());
    if (secret === undefined) throw new Error('Give createEmbeddedCheckoutPage a clientSecret or fetchClientSecret.');
    const frame = createFrame({
      src: `${simulator}/c/embed/${secret}`,
      title: 'Secure payment frame',
      onState: ({ state, back }) => void (state === 'complete' && location.assign(back)),
    });
    const { mount, unmount } = frame;
    const destroy = (): void => {
      unmount();
      taken = false;
    };
    return { mount, unmount, destroy };
  };
}
