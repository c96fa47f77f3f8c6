import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { isUserId } from '../../billing/metadata.ts';
import { describe, log, type Fields } from './log.ts';
import { count, countByEach } from './metrics.ts';
import { problemOf, type Problem } from './problem.ts';

/** What API Gateway sends (payload format 2.0); `authorizer` is there on routes with the JWT authorizer. */
export type HttpEvent = APIGatewayProxyEventV2 & {
  requestContext: { authorizer?: { jwt?: { claims?: Record<string, unknown> } } };
};
export type HttpResult = APIGatewayProxyStructuredResultV2;
export type Handler = (event: HttpEvent) => Promise<HttpResult>;

/** Remembers whom and what a request is about, for the line of the log that says that it failed. */
export type Note = (fields: Fields) => void;

/** A route: answers what `handle` answers, and turns what it throws into a problem document. */
export function route(handle: (event: HttpEvent, note: Note) => Promise<HttpResult>): Handler {
  return async (event) => {
    let noted: Fields = {};
    try {
      return await handle(event, (fields) => void (noted = { ...noted, ...fields }));
    } catch (error) {
      const problem = problemOf(error);
      tell(problem, event, noted);
      return problemResult(problem, event);
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

/** A line of the log, and a count of what an operator has to hear of. */
function tell({ status, code, message, cause }: Problem, { requestContext, routeKey }: HttpEvent, noted: Fields): void {
  const { requestId, authorizer } = requestContext;
  const sub = authorizer?.jwt?.claims?.['sub'];
  const about = { code, status, requestId, route: routeKey, userId: isUserId(sub) ? sub : undefined, ...noted };
  const fields = { ...about, cause: cause === undefined ? undefined : describe(cause) };
  (status >= 500 ? log.error : log.info)(message, fields);
  if (status >= 500) countByEach({ Failures: 1 }, { Route: routeKey, Code: code });
  if (code === 'checkout_conflict') count({ Conflicts: 1 }, { At: 'checkout' });
}

function problemResult(problem: Problem, event: HttpEvent): HttpResult {
  const { status, code, message: detail, extra } = problem;
  const { requestId } = event.requestContext;
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
