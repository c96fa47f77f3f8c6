import type { HttpEvent, HttpResult } from '../../functions/shared/http.ts';

export interface Call {
  readonly user?: string;
  readonly body?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly parameters?: Record<string, string>;
  readonly base64?: boolean;
}

/** An event as API Gateway makes it (payload format 2.0). */
export function httpEvent(
  method: string,
  { user, body, path = '/', headers = {}, parameters, base64 }: Call,
): HttpEvent {
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: { ...(user && { authorization: `Bearer ${user}` }), ...headers },
    ...(parameters && { pathParameters: parameters }),
    ...(body !== undefined && { body }),
    isBase64Encoded: base64 ?? false,
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: 'api.example',
      domainPrefix: 'api',
      requestId: 'request-1',
      routeKey: `${method} ${path}`,
      stage: '$default',
      time: '',
      timeEpoch: 0,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      ...(user && { authorizer: { jwt: { claims: { sub: user } } } }),
    },
  };
}

export function bodyOf(result: HttpResult): Record<string, unknown> {
  const body: unknown = JSON.parse(result.body ?? '');
  if (typeof body !== 'object' || body === null) throw new Error(`not an object: ${result.body}`);
  return { ...body };
}
