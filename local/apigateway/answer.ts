import { accessLine } from './access-log.ts';
import { toEvent } from './event.ts';
import type { Api, Integration, Invoke, Invoked, Route, Stage } from './api.ts';
import { tokenFrom, type Verdict } from './jwt.ts';
import type { GatewayRequest } from './request.ts';
import { message, toResponse, type GatewayResponse } from './response.ts';
import { matchRoute, type Match } from './routes.ts';

/** An answer, and what the access log should say about how it came about. */
interface Result {
  response: GatewayResponse;
  integrationError?: string;
  authorizerError?: string;
  claims?: Record<string, string>;
}

type Accepted = Extract<Verdict, { kind: 'accepted' }>;

/** What API Gateway answers: 404 without a route, 429, 401 or 403, or what the function says. Logs the access. */
export async function answer(
  api: Api,
  request: GatewayRequest,
  invoke: Invoke,
  log: (line: string) => void,
): Promise<GatewayResponse> {
  const { stage } = api;
  if (stage === undefined) return message(404, 'Not Found');
  const match = matchRoute(api.routes, request.method, request.segments);
  const result =
    match === undefined ? { response: message(404, 'Not Found') } : await pass(api, stage, request, match, invoke);
  if (stage.accessLogFormat !== undefined) {
    const routeKey = match?.route.route.key ?? '-';
    const { response, integrationError, authorizerError, claims = {} } = result;
    const about = { request, response, routeKey, stage: stage.name, integrationError, authorizerError, claims };
    const { id: apiId, account, domainName } = api;
    const milliseconds = Date.now() - request.time;
    log(`[api] ${accessLine(stage.accessLogFormat, { ...about, apiId, account, domainName, milliseconds })}`);
  }
  return result.response;
}

async function pass(
  api: Api,
  stage: Stage,
  request: GatewayRequest,
  match: Match<Route>,
  invoke: Invoke,
): Promise<Result> {
  if (!stage.admits(match.route.route.key)) return { response: message(429, 'Too Many Requests') };
  const verdict = await authorize(api, request, match.route);
  if (verdict === undefined || verdict.kind === 'accepted')
    return integrate(api, stage, request, match, verdict, invoke);
  if (verdict.kind === 'unavailable') {
    return { response: internal(), authorizerError: verdict.reason };
  }
  const headers = { 'www-authenticate': verdict.challenge };
  const response =
    verdict.kind === 'forbidden' ? message(403, 'Forbidden', headers) : message(401, 'Unauthorized', headers);
  return { response, authorizerError: verdict.challenge };
}

async function authorize(api: Api, request: GatewayRequest, route: Route): Promise<Verdict | undefined> {
  if (route.authorizerId === undefined) return undefined;
  const authorizer = api.authorizers.get(route.authorizerId);
  if (authorizer === undefined) return { kind: 'unavailable', reason: `there is no authorizer ${route.authorizerId}` };
  const token = tokenFrom(authorizer.identitySource, request.headers, request.query);
  return authorizer.authorize(token, route.scopes);
}

async function integrate(
  api: Api,
  stage: Stage,
  request: GatewayRequest,
  match: Match<Route>,
  accepted: Accepted | undefined,
  invoke: Invoke,
): Promise<Result> {
  const { route, integrationId } = match.route;
  const { id: apiId, account, domainName } = api;
  const authorizer = accepted === undefined ? undefined : { claims: accepted.claims, scopes: accepted.scopes };
  const scene = { account, apiId, domainName, stage: stage.name, routeKey: route.key, authorizer };
  const event = toEvent(request, { ...scene, pathParameters: match.parameters });
  const integration = api.integrations.get(integrationId);
  const result = await within(
    invoke(integration?.functionArn ?? '', event, sourceArn(api, stage, route.key)),
    integration,
  );
  return { ...result, claims: accepted?.claims ?? {} };
}

/** The function's answer, or API Gateway's own where there is none in time. */
async function within(invoked: Promise<Invoked>, integration: Integration | undefined): Promise<Result> {
  const milliseconds = integration?.timeoutMs ?? 0;
  const invocation = await inTime(invoked, milliseconds);
  if (invocation === undefined) {
    const integrationError = `Endpoint request timed out after ${milliseconds} ms`;
    return { response: message(503, 'Service Unavailable'), integrationError };
  }
  if (invocation.kind === 'too large') return { response: message(413, 'Request Too Long') };
  if (invocation.kind === 'failed') return { response: internal(), integrationError: invocation.reason };
  const response = toResponse(invocation.payload);
  if (response !== undefined) return { response };
  return { response: internal(), integrationError: 'The function’s answer has no valid form of payload format 2.0' };
}

async function inTime<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function internal(): GatewayResponse {
  return message(500, 'Internal Server Error');
}

/** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method><path of the route>`, which a permission is held against. */
function sourceArn(api: Api, stage: Stage, routeKey: string): string {
  const route = routeKey === '$default' ? '$default' : routeKey.replace(' ', '');
  return `arn:aws:execute-api:${api.region}:${api.account}:${api.id}/${stage.name}/${route}`;
}
