import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Claims } from './jwt.ts';
import type { GatewayRequest } from './request.ts';

/** What the event says of the API and the route. */
export interface EventScene {
  account: string;
  apiId: string;
  domainName: string;
  stage: string;
  routeKey: string;
  pathParameters: Record<string, string>;
  authorizer: { claims: Claims; scopes: string[] | null } | undefined;
}

/** The event of payload format 2.0. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function toEvent(request: GatewayRequest, scene: EventScene): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey: scene.routeKey,
    rawPath: request.path,
    rawQueryString: request.query,
    headers: request.headers,
    ...(request.cookies.length > 0 && { cookies: request.cookies }),
    ...queryParameters(request.query),
    ...(Object.keys(scene.pathParameters).length > 0 && { pathParameters: scene.pathParameters }),
    requestContext: requestContext(request, scene),
    ...bodyOf(request),
  };
}

function requestContext(request: GatewayRequest, scene: EventScene): APIGatewayProxyEventV2['requestContext'] {
  const { account, apiId, domainName, stage, routeKey, authorizer } = scene;
  return {
    accountId: account,
    apiId,
    ...(authorizer !== undefined && { authorizer: { jwt: authorizer } }),
    domainName,
    domainPrefix: domainName.split('.')[0] ?? '',
    http: {
      method: request.method,
      path: request.path,
      protocol: request.protocol,
      sourceIp: request.sourceIp,
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: request.id,
    routeKey,
    stage,
    time: commonLogTime(request.time),
    timeEpoch: request.time,
  };
}

/** Values of one name are joined by a comma. */
function queryParameters(query: string): { queryStringParameters?: Record<string, string> } {
  if (query === '') return {};
  const parameters = new URLSearchParams(query);
  const names = [...new Set(parameters.keys())];
  return { queryStringParameters: Object.fromEntries(names.map((name) => [name, parameters.getAll(name).join(',')])) };
}

/**
 * Text types travel as text, anything else (a form's body among it) as base64. AWS documents the list of text types by
 * example only; a handler has to look at isBase64Encoded in any case.
 */
function bodyOf({ body, headers }: GatewayRequest): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = headers['content-encoding'] === undefined && textType.test(headers['content-type'] ?? 'text/plain');
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

const textType = /^(text\/|application\/(json|xml|javascript|[\w.-]+\+(json|xml))\s*(;|$))/i;

/** `12/Mar/2026:19:03:58 +0000` */
export function commonLogTime(time: number): string {
  const [, day, month, year, clock] = new Date(time).toUTCString().split(' ');
  return `${day}/${month}/${year}:${clock} +0000`;
}
