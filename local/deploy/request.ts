/** A call of an AWS service, as it came. */
export interface AwsRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Who signed it; empty for a call that is not signed. The signature itself is not checked: this is loopback. */
  readonly accessKeyId: string;
  /** Of the signature's scope: `cloudformation`, `s3`, `dynamodb`. Empty for a call that is not signed. */
  readonly service: string;
  /** Of the signature's scope too. */
  readonly region: string;
}

export interface AwsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export type AwsService = (request: AwsRequest) => AwsAnswer | Promise<AwsAnswer>;

/** A refusal with AWS's own code for it. */
export class AwsFault extends Error {
  override readonly name = 'AwsFault';
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** `AWS4-HMAC-SHA256 Credential=<key>/<day>/<region>/<service>/aws4_request, ...` */
export function signedBy(authorization: string | undefined): Pick<AwsRequest, 'accessKeyId' | 'region' | 'service'> {
  const [, accessKeyId = '', region = '', service = ''] =
    /Credential=([^/,\s]+)\/\d+\/([\w-]+)\/([\w-]+)\//.exec(authorization ?? '') ?? [];
  return { accessKeyId, region, service };
}

/** What a call that nobody here answers is told. */
export function unknownCall(service: string, name: string): AwsFault {
  const message = `The local cloud does not answer ${service}:${name}.`;
  const todo = 'It knows what cdk and the operator’s commands call: see local/deploy/.';
  return new AwsFault('UnknownOperationException', `${message} ${todo}`, 404);
}
