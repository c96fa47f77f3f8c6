/** Everything that can go wrong between the page and its servers, and what the visitor is told about it. */
import * as words from '#words/faults';

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

const problems = new Map<string, Words>([
  ['stripe_unavailable', { ...words.stripeUnavailable, wayOn: 'retry' }],
  ['identity_provider_unavailable', { ...words.providerUnavailable, wayOn: 'retry' }],
  ['checkout_session_not_found', { ...words.checkoutNotFound, wayOn: 'plans' }],
  ['unknown_plan', { ...words.unknownPlan, wayOn: 'plans' }],
  ['no_customer', { ...words.noCustomer, wayOn: 'plans' }],
  ['checkout_conflict', { ...words.checkoutConflict, wayOn: 'retry' }],
  ['charge_settled', { ...words.chargeSettled, wayOn: 'plans' }],
  ['charge_not_found', { ...words.chargeSettled, wayOn: 'plans' }],
  ['subscription_required', { ...words.noAccess, wayOn: 'plans' }],
]);

function wordsForProblem(fault: Fault): Words {
  const known = problems.get(fault.code);
  if (known) return known;
  const detail = fault.detail || words.inAMoment;
  if (fault.code === 'not_configured') return { title: words.notConfigured, text: detail, wayOn: 'retry' };
  const reference = fault.requestId ? words.reference(fault.requestId) : '';
  const [title, text] = fault.status >= 500 ? [words.ourFault, words.inAMoment] : [words.refused, detail];
  return { title, text: text + reference, wayOn: 'retry' };
}

const wordsByKind: Record<FaultKind, (fault: Fault) => Words> = {
  offline: () => ({ ...words.offline, wayOn: 'retry' }),
  timeout: () => ({ ...words.timeout, wayOn: 'retry' }),
  signed_out: () => ({ ...words.signedOut, wayOn: 'sign-in' }),
  unauthorized: () => ({ ...words.unauthorized, wayOn: 'sign-in' }),
  sign_in_failed: ({ detail }) => ({
    title: words.signInFailed.title,
    text: detail || words.signInFailed.text,
    wayOn: 'sign-in',
  }),
  problem: wordsForProblem,
  unexpected: () => ({ ...words.unexpected, wayOn: 'retry' }),
};

/** What the visitor reads about a fault, and which way leads on. */
export const wordsFor = (fault: Fault): Words => wordsByKind[fault.kind](fault);
