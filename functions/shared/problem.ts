/** A refusal that a client can act on. `code` never changes; `detail` is a sentence for people. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: ProblemCode;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = status;
    this.code = code;
    this.extra = options.extra ?? {};
    this.headers = options.headers ?? {};
  }
}

interface ProblemOptions {
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

export type ProblemCode =
  | 'invalid_json'
  | 'invalid_request'
  | 'unknown_plan'
  | 'invalid_signature'
  | 'invalid_token'
  | 'subscription_required'
  | 'not_found'
  | 'checkout_session_not_found'
  | 'method_not_allowed'
  | 'no_customer'
  | 'checkout_conflict'
  | 'charge_not_found'
  | 'charge_settled'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'internal'
  | 'overloaded'
  | 'stripe_unavailable'
  | 'identity_provider_unavailable'
  | 'not_configured';

/** What a fault of the parts behind a route means to its caller. Told by name, so that no route loads what it does not use. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const cause = error;
  switch (nameOf(error)) {
    case 'InvalidSignature':
      return new Problem(400, 'invalid_signature', 'This is not signed by Stripe for this endpoint.', { cause });
    case 'NotAnEvent':
      return new Problem(400, 'invalid_request', 'This is not an event of Stripe’s.', { cause });
    case 'TokenRefused':
      return new Problem(401, 'invalid_token', 'The sign-in is not valid any more. Please sign in again.', { cause });
    case 'NotConfigured':
      return new Problem(503, 'not_configured', 'Deployed, but not set up yet: run `npm run operator -- setup`.', {
        cause,
      });
    case 'CustomerGone':
      return new Problem(409, 'no_customer', 'There is nothing to manage any more: subscribe to begin anew.', {
        cause,
      });
    case 'CheckoutConflict':
      return new Problem(409, 'checkout_conflict', 'Another checkout was opened at the same time. Please try again.', {
        cause,
      });
    // Of DynamoDB, after the SDK's own attempts. Stripe sends its event again, and people press the button again.
    case 'ProvisionedThroughputExceededException':
    case 'RequestLimitExceeded':
    case 'ThrottlingException':
      return new Problem(503, 'overloaded', 'Too much at once. Please try again.', { cause });
    case 'IdentityProviderError':
      return new Problem(
        502,
        'identity_provider_unavailable',
        'The sign-in service did not answer. Please try again.',
        { cause },
      );
    case 'Stripe':
      return new Problem(502, 'stripe_unavailable', 'Stripe did not answer as expected. Please try again.', { cause });
    default:
      return new Problem(500, 'internal', 'Something went wrong on our side. Please try again.', { cause });
  }
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return 'type' in error && String(error.type).startsWith('Stripe') ? 'Stripe' : error.name;
}
