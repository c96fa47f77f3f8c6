/** What the success page makes of the API's answers. No DOM, no timers. */
import type { Checkout } from './contract.ts';

export type Progress =
  | 'subscribed'
  | 'payment_on_its_way' // a delayed payment method: access follows when the money arrives
  | 'wait'
  | 'taking_long'
  | 'not_finished'
  | 'expired';

/** How long to wait before asking again, in milliseconds: about half a minute in all. */
const waits = [500, 1000, 2000, 3000, 4000, 5000, 5000, 5000, 5000];
/** Stripe completes the session before it sends the visitor back, so that an open one is seldom worth a longer wait. */
const waitsWhileOpen = 3;

/** The wait after the given number of answers, or undefined when it is time to stop asking. */
export const waitAfter = (answers: number): number | undefined => waits[answers - 1];

/** What to show after the given number of answers, `checkout` being the last. */
export function progressOf(checkout: Checkout, answers: number): Progress {
  if (checkout.status === 'expired') return 'expired';
  if (checkout.status === 'open') return answers > waitsWhileOpen ? 'not_finished' : 'wait';
  if (checkout.access.allowed) return 'subscribed';
  if (checkout.paymentStatus === 'unpaid') return 'payment_on_its_way';
  return waitAfter(answers) === undefined ? 'taking_long' : 'wait';
}
