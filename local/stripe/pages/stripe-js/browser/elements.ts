import type { FrameState } from './messages.ts';
import { createFrame, type Frame } from './mount.ts';

interface Appearance {
  readonly variables?: Readonly<Record<string, string>>;
}
export interface ElementsOptions {
  readonly clientSecret: string | Promise<string>;
  readonly elementsOptions?: { readonly appearance?: Appearance };
}

type ConfirmResult = {
  readonly type: 'error';
  readonly error: {
    readonly message: string;
    readonly code: string | null;
    readonly paymentFailed?: { readonly declineCode: null };
  };
};

const failed = (message: string, code: string): ConfirmResult => ({
  type: 'error',
  error: { message, code: code || null, ...(code === 'paymentFailed' && { paymentFailed: { declineCode: null } }) },
});

/** `stripe.initCheckoutElementsSdk()`: the Payment Element in a frame, and the button in the shop's page. */
export function checkoutElements(simulator: string) {
  return ({ clientSecret, elementsOptions: { appearance } = {} }: ElementsOptions) => {
    const secret = Promise.resolve(clientSecret);
    let dress = appearance?.variables ?? {};
    let element: Promise<Frame> | undefined;
    let answer: ((result: ConfirmResult) => void) | undefined;

    /** A frame that neither refuses nor is done is where the bank asks something: that goes on. */
    function onState({ state, back, refusal, code }: FrameState): void {
      void element?.then((frame) => frame.tell({ type: 'appearance', variables: dress }));
      if (state === 'complete') location.assign(back);
      else if (state === 'expired') answer?.(failed('This Checkout Session has expired.', ''));
      else if (refusal !== '') answer?.(failed(refusal, code));
    }

    const frameOf = async (): Promise<Frame> =>
      createFrame({ src: `${simulator}/c/embed/${await secret}`, title: 'Secure payment input frame', onState });

    async function confirm(): Promise<ConfirmResult> {
      const frame = await element;
      if (frame === undefined) throw new Error('confirm() was called before a Payment Element was mounted.');
      return new Promise((resolve) => {
        answer = resolve;
        frame.tell({ type: 'confirm' });
      });
    }

    async function loadActions() {
      const response = await fetch(`${simulator}/c/session/${await secret}`);
      const body: unknown = await response.json();
      if (!response.ok) return { type: 'error', error: { message: 'No such checkout session.', code: null } };
      return { type: 'success', actions: { confirm, getSession: () => body } };
    }

    return {
      loadActions,
      changeAppearance: ({ variables = {} }: Appearance): void => {
        dress = variables;
        void element?.then((frame) => frame.tell({ type: 'appearance', variables }));
      },
      createPaymentElement: () => {
        const made = (element ??= frameOf());
        return {
          mount: (place: string | HTMLElement) => void made.then((frame) => frame.mount(place)),
          unmount: () => void made.then((frame) => frame.unmount()),
          destroy: () => void made.then((frame) => frame.unmount()),
        };
      },
    };
  };
}
