import { accessLine } from './access-log.ts';
import { toEvent } from './event.ts';
import type { Api, Invoke, Route, Stage } from './api.ts';
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
  const match = matchRoute(api.routes, request.method, request.path);
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
    return { response: message(500, 'Internal Server Error'), authorizerError: verdict.reason };
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
  const payload = await invoke(api.integrations.get(integrationId) ?? '', event, sourceArn(api, stage, route.key));
  const response = payload === undefined ? undefined : toResponse(payload);
  const claims = accepted?.claims ?? {};
  if (response !== undefined) return { response, claims };
  const integrationError = payload === undefined ? 'the function failed' : 'the function answered in no valid form';
  return { response: message(500, 'Internal Server Error'), integrationError, claims };
}

/** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method><path of the route>`, which a permission is held against. */
function sourceArn(api: Api, stage: Stage, routeKey: string): string {
  const route = routeKey === '$default' ? '$default' : routeKey.replace(' ', '');
  return `arn:aws:execute-api:${api.region}:${api.account}:${api.id}/${stage.name}/${route}`;
}
