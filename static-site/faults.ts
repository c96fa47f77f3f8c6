/** Everything that can go wrong between the page and its servers, and what the visitor is told about it. */

export type FaultKind =
  | 'offline' // the request did not reach anybody
  | 'timeout'
  | 'signed_out' // there is no access token, and none can be had without the visitor
  | 'unauthorized' // the API refused the access token
  | 'sign_in_failed' // the provider refused, or its answer did not check out
  | 'unexpected' // an answer of another shape than docs/api.md
  | 'problem'; // problem+json: `code` says which

export interface FaultDetails {
  /** The API's stable `code` for a `problem`, else empty. */
  readonly code?: string;
  /** The API's sentence for people. */
  readonly detail?: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly cause?: unknown;
}

export class Fault extends Error {
  override name = 'Fault';
  readonly kind: FaultKind;
  readonly code: string;
  readonly detail: string;
  readonly status: number;
  readonly requestId: string;

  constructor(kind: FaultKind, details: FaultDetails = {}) {
    super(details.code ?? kind, { cause: details.cause });
    this.kind = kind;
    this.code = details.code ?? '';
    this.detail = details.detail ?? '';
    this.status = details.status ?? 0;
    this.requestId = details.requestId ?? '';
  }
}

/** Anything thrown, as a fault: what we did not foresee is `unexpected`. */
export const asFault = (thrown: unknown): Fault =>
  thrown instanceof Fault ? thrown : new Fault('unexpected', { cause: thrown });

/** Whether only signing in again can help. */
export const needsSignIn = (fault: Fault): boolean => fault.kind === 'signed_out' || fault.kind === 'unauthorized';

/** Whether asking the same again soon may well succeed by itself. */
export const isPassing = (fault: Fault): boolean =>
  fault.kind === 'timeout' || (fault.kind === 'problem' && fault.status >= 500 && fault.code !== 'not_configured');

export interface Words {
  readonly title: string;
  readonly text: string;
  /** The button that leads on. */
  readonly wayOn: 'retry' | 'sign-in' | 'plans';
}

const retry = (title: string, text: string): Words => ({ title, text, wayOn: 'retry' });
const signIn = (title: string, text: string): Words => ({ title, text, wayOn: 'sign-in' });
const plans = (title: string, text: string): Words => ({ title, text, wayOn: 'plans' });

function wordsForProblem(fault: Fault): Words {
  const detail = fault.detail || 'Please try again in a moment.';
  const reference = fault.requestId ? ` Reference: ${fault.requestId}` : '';
  switch (fault.code) {
    case 'not_configured':
      return retry('Not open yet', detail);
    case 'stripe_unavailable':
      return retry(
        'Payments cannot be reached',
        'Our payment partner does not answer just now. Nothing was charged. Please try again in a moment.',
      );
    case 'identity_provider_unavailable':
      return retry(
        'Sign-in cannot be reached',
        'We could not look up your account just now. Please try again in a moment.',
      );
    case 'checkout_session_not_found':
      return plans(
        'We could not find that checkout',
        'It may belong to another account than the one you are signed in with.',
      );
    case 'unknown_plan':
      return plans('That plan is no longer offered', 'Please choose one of the current plans.');
    case 'no_customer':
      return plans('There is nothing to manage yet', 'Billing opens with your first subscription.');
    default:
      return fault.status >= 500
        ? retry('Something went wrong on our side', `Please try again in a moment.${reference}`)
        : retry('That did not work', `${detail}${reference}`);
  }
}

const wordsByKind: Record<FaultKind, (fault: Fault) => Words> = {
  offline: () =>
    retry('You seem to be offline', 'We could not reach the server. Check your connection, then try again.'),
  timeout: () => retry('This takes too long', 'The server did not answer in time. Please try again.'),
  signed_out: () => signIn('Please sign in', 'You have been signed out. Sign in to carry on where you were.'),
  unauthorized: () => signIn('Your sign-in was not accepted', 'The server did not take it. Please sign in once more.'),
  sign_in_failed: ({ detail }) =>
    signIn('You are not signed in', detail || 'Signing in did not work. Please try again.'),
  problem: wordsForProblem,
  unexpected: () => retry('Something went wrong', 'We got an answer we did not expect. Please try again in a moment.'),
};

/** What the visitor reads about a fault, and which way leads on. */
export const wordsFor = (fault: Fault): Words => wordsByKind[fault.kind](fault);
