import { commonLogTime } from './event.ts';
import type { GatewayRequest } from './request.ts';
import type { GatewayResponse } from './response.ts';

/** One answered request, for the stage's access log. */
export interface Exchange {
  request: GatewayRequest;
  response: GatewayResponse;
  routeKey: string;
  stage: string;
  apiId: string;
  account: string;
  domainName: string;
  integrationError: string | undefined;
  authorizerError: string | undefined;
  claims: Record<string, string>;
  milliseconds: number;
}

/** The line that the stage's access log format gives; what is not known is `-`, as in AWS. */
export function accessLine(format: string, exchange: Exchange): string {
  const values = contextValues(exchange);
  return format.replaceAll(/\$context\.([A-Za-z.]+[A-Za-z])/g, (_whole, name: string) => {
    const claim = /^authorizer\.claims\.(.+)$/.exec(name)?.[1];
    return (claim === undefined ? values[name] : exchange.claims[claim]) ?? '-';
  });
}

function contextValues(exchange: Exchange): Partial<Record<string, string>> {
  const { request, response, milliseconds } = exchange;
  return {
    accountId: exchange.account,
    apiId: exchange.apiId,
    domainName: exchange.domainName,
    stage: exchange.stage,
    requestId: request.id,
    extendedRequestId: request.id,
    requestTime: commonLogTime(request.time),
    requestTimeEpoch: String(request.time),
    httpMethod: request.method,
    path: request.path,
    routeKey: exchange.routeKey,
    protocol: request.protocol,
    status: String(response.status),
    responseLength: String(response.body.length),
    responseLatency: String(milliseconds),
    integrationLatency: String(milliseconds),
    'integration.latency': String(milliseconds),
    integrationErrorMessage: exchange.integrationError,
    'integration.error': exchange.integrationError,
    'error.message': exchange.integrationError,
    'authorizer.error': exchange.authorizerError,
    'identity.sourceIp': request.sourceIp,
    'identity.userAgent': request.headers['user-agent'],
  };
}
