import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { describe, log } from './log.ts';
import { problemOf, type Problem } from './problem.ts';

/** What API Gateway sends (payload format 2.0); `authorizer` is there on routes with the JWT authorizer. */
export type HttpEvent = APIGatewayProxyEventV2 & {
  requestContext: { authorizer?: { jwt?: { claims?: Record<string, unknown> } } };
};
export type HttpResult = APIGatewayProxyStructuredResultV2;
export type Handler = (event: HttpEvent) => Promise<HttpResult>;

/** A route: answers what `handle` answers, and turns what it throws into a problem document. */
export function route(handle: Handler): Handler {
  return async (event) => {
    try {
      return await handle(event);
    } catch (error) {
      return problemResult(problemOf(error), event);
    }
  };
}

export function json(body: unknown, headers: Record<string, string> = {}): HttpResult {
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

function problemResult(problem: Problem, event: HttpEvent): HttpResult {
  const { status, code, message: detail, extra } = problem;
  const { requestId } = event.requestContext;
  const fields = {
    code,
    status,
    requestId,
    route: event.routeKey,
    cause: problem.cause === undefined ? undefined : describe(problem.cause),
  };
  if (status >= 500) log.error(detail, fields);
  else log.info(detail, fields);
  return {
    statusCode: status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...problem.headers },
    body: JSON.stringify({
      type: 'about:blank',
      title: TITLES[status] ?? 'Error',
      status,
      code,
      detail,
      requestId,
      ...extra,
    }),
  };
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};
