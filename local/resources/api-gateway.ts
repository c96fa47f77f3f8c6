import { jwtAuthorizer } from '../apigateway/jwt.ts';
import type { Api, Invoke } from '../apigateway/api.ts';
import { startApi } from '../apigateway/gateway.ts';
import { parseRouteKey } from '../apigateway/routes.ts';
import { tokenBucket } from '../apigateway/throttle.ts';
import { requestTooLarge } from '../lambda/service.ts';
import type { Fields } from '../template/fields.ts';
import { TemplateError } from '../template/json.ts';
import { portOf, shortId, type Cloud, type Provider } from './provider.ts';

/** AWS::ApiGatewayV2::Api: an HTTP API on a port of its own. */
export const api: Provider = async ({ logicalId, properties }, cloud) => {
  only(properties, 'ProtocolType', 'HTTP');
  const id = shortId(`${cloud.stackName}/${logicalId}`);
  const { account, region, lambda } = cloud;
  const domainName = `${id}.execute-api.${region}.amazonaws.com`;
  const invoke: Invoke = async (functionArn, event, sourceArn) => {
    const outcome = await lambda.invoke(functionArn, event, { principal: 'apigateway.amazonaws.com', sourceArn });
    if (outcome.kind === 'returned') return outcome;
    if (outcome.errorType === requestTooLarge) return { kind: 'too large' };
    return { kind: 'failed', reason: outcome.errorMessage };
  };
  const started = await startApi({ id, account, region, domainName, port: cloud.ports.get(logicalId) ?? 0 }, invoke, {
    log: cloud.log,
    answered: measuring(id, cloud),
  });
  cloud.onStop(started.stop);
  cloud.ports.set(logicalId, portOf(started.url));
  cloud.apis.set(id, started);
  cloud.addresses.add(`https://${domainName}`, started.url);
  return { ref: id, attributes: { ApiId: id, ApiEndpoint: started.url } };
};

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
function measuring(ApiId: string, { metrics }: Cloud): (status: number, milliseconds: number) => void {
  const of = (name: string) => ({ namespace: 'AWS/ApiGateway', name, dimensions: { ApiId } });
  return (status, milliseconds) => {
    metrics.record(of('Count'), 1);
    metrics.record(of('4xx'), status >= 400 && status < 500 ? 1 : 0);
    metrics.record(of('5xx'), status >= 500 ? 1 : 0);
    metrics.record(of('Latency'), milliseconds);
  };
}

/** AWS::ApiGatewayV2::Integration: a Lambda function. */
export const integration: Provider = ({ logicalId, properties }, cloud) => {
  only(properties, 'IntegrationType', 'AWS_PROXY');
  only(properties, 'PayloadFormatVersion', '2.0');
  const id = shortId(logicalId, 7);
  apiOf(properties, cloud).integrations.set(id, {
    functionArn: properties.text('IntegrationUri'),
    timeoutMs: properties.number('TimeoutInMillis', 30_000),
  });
  return { ref: id };
};

/** AWS::ApiGatewayV2::Authorizer of type JWT. */
export const authorizer: Provider = ({ logicalId, properties }, cloud) => {
  only(properties, 'AuthorizerType', 'JWT');
  const id = shortId(logicalId, 6);
  const [identitySource = ''] = properties.texts('IdentitySource');
  const jwt = properties.group('JwtConfiguration');
  const issuer = jwt.text('Issuer');
  const authorize = jwtAuthorizer({ issuer, audience: jwt.texts('Audience') });
  apiOf(properties, cloud).authorizers.set(id, { authorize, identitySource });
  cloud.issuers.push(issuer);
  return { ref: id, attributes: { AuthorizerId: id } };
};

/** AWS::ApiGatewayV2::Route */
export const route: Provider = ({ logicalId, properties }, cloud) => {
  const type = properties.text('AuthorizationType', 'NONE');
  if (type !== 'NONE' && type !== 'JWT') throw unsupported(properties, 'AuthorizationType', 'NONE or JWT');
  apiOf(properties, cloud).routes.push({
    route: parseRouteKey(properties.text('RouteKey')),
    integrationId: properties.text('Target').replace(/^integrations\//, ''),
    authorizerId: type === 'JWT' ? properties.text('AuthorizerId') : undefined,
    scopes: properties.texts('AuthorizationScopes'),
  });
  return { ref: shortId(logicalId, 7) };
};

/** AWS::ApiGatewayV2::Stage: `$default`, deployed at once, with its throttling and access log. */
export const stage: Provider = ({ properties }, cloud) => {
  only(properties, 'StageName', '$default');
  if (!properties.flag('AutoDeploy', false)) throw unsupported(properties, 'AutoDeploy', 'true');
  const log = properties.group('AccessLogSettings');
  apiOf(properties, cloud).stage = {
    name: '$default',
    accessLogFormat: log.has('Format') ? log.text('Format') : undefined,
    admits: admission(properties.group('DefaultRouteSettings')),
  };
  return { ref: '$default' };
};

/** DefaultRouteSettings hold for each route by itself. Without them the account's own limits hold. */
function admission(settings: Fields): (routeKey: string) => boolean {
  // An account's default quota: 10,000 requests a second, bursts of 5,000.
  const rate = settings.number('ThrottlingRateLimit', 10_000);
  const burst = settings.number('ThrottlingBurstLimit', 5_000);
  const buckets = new Map<string, () => boolean>();
  return (routeKey) => {
    const bucket = buckets.get(routeKey) ?? tokenBucket({ rate, burst });
    buckets.set(routeKey, bucket);
    return bucket();
  };
}

function apiOf(properties: Fields, cloud: Cloud): Api {
  const found = cloud.apis.get(properties.text('ApiId'));
  if (found !== undefined) return found;
  throw new TemplateError(`${properties.place}.ApiId`, 'is no API of this stack.', 'Refer to one in lib/.');
}

function only(properties: Fields, name: string, value: string): void {
  if (properties.text(name) !== value) throw unsupported(properties, name, value);
}

function unsupported(properties: Fields, name: string, wanted: string): TemplateError {
  const problem = `is ${properties.values[name] === undefined ? 'not set' : properties.text(name)}; here it can be ${wanted}.`;
  return new TemplateError(
    `${properties.place}.${name}`,
    problem,
    'Change lib/, or teach local/resources/api-gateway.ts.',
  );
}
