export interface StripeErrorBody {
  readonly type: 'invalid_request_error' | 'idempotency_error' | 'card_error' | 'api_error';
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
  readonly decline_code?: string;
  /** Of a declined payment: the charge's id, and the whole intent. */
  readonly charge?: string;
  readonly payment_intent?: object;
  readonly setup_intent?: object;
}

/** What a call is refused with: the HTTP status, and the object that Stripe puts under `error`. */
export class StripeError extends Error {
  readonly status: number;
  readonly body: StripeErrorBody;

  constructor(status: number, body: StripeErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

export const invalidRequest = (message: string, param?: string, code?: string): StripeError =>
  new StripeError(400, {
    type: 'invalid_request_error',
    message,
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code }),
  });

export const missingParam = (param: string): StripeError =>
  invalidRequest(`Missing required param: ${param}.`, param, 'parameter_missing');

export function unknownParams(names: readonly string[]): StripeError {
  const noun = names.length === 1 ? 'parameter' : 'parameters';
  return invalidRequest(`Received unknown ${noun}: ${names.join(', ')}`, names[0], 'parameter_unknown');
}

/** For what Stripe has and this simulator has not: refused by name, never taken and then ignored. */
export const unsupported = (what: string, param?: string): StripeError =>
  invalidRequest(`The Stripe simulator does not support ${what}.`, param);

/** `param` is `id` for an id in the path, else the parameter that held the id. The status is Stripe's: 404 in the path, 400 in a body. */
export function noSuch(object: string, id: string, param = 'id'): StripeError {
  const status = param === 'id' ? 404 : 400;
  const message = `No such ${object}: '${id}'`;
  return new StripeError(status, { type: 'invalid_request_error', code: 'resource_missing', message, param });
}
