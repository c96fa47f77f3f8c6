/* oxlint-disable no-new -- a construct adds itself to its scope */
import { Fn, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Handlers } from './functions/handlers.ts';
import { type Route, routeKey } from './routes.ts';

export interface SignIn {
  readonly issuer: string;
  readonly clientId: string;
}

/** Who called what and how it went. No header, no query string, no body: so no token and no session id of Stripe's return URLs. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTimeEpoch',
    ip: '$context.identity.sourceIp',
    route: '$context.routeKey',
    status: '$context.status',
    bytes: '$context.responseLength',
    latency: '$context.responseLatency',
    integrationError: '$context.integrationErrorMessage',
    authorizerError: '$context.authorizer.error',
  }),
);

const withoutToken: Readonly<Record<Exclude<Route['caller'], 'signed in'>, string>> = {
  anybody: 'Plans and prices are public: a visitor sees them before signing in.',
  stripe: "Stripe has no token of ours. The handler checks Stripe's signature over the body before it reads it.",
};

/** The HTTP API. There is no CORS, because the page and the API share CloudFront's origin. */
export class Api extends Construct {
  /** `https://...`, without trailing slash. */
  readonly url: string;
  /** The host alone. */
  readonly domainName: string;
  readonly apiId: string;
  private readonly api: HttpApi;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.api = new HttpApi(this, 'HttpApi', {
      // Shown in the console; the default would be the construct's id.
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
    });
    this.apiId = this.api.apiId;
    this.url = this.api.apiEndpoint;
    this.domainName = Fn.select(2, Fn.split('/', this.api.apiEndpoint));
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      // A stranger's flood costs at most this. Stripe sends again what was refused with 429.
      throttle: { rateLimit: 100, burstLimit: 200 },
      // Not detailed metrics: they cost by the route, and the access log has the route.
      accessLogSettings: { destination: new LogGroupLogDestination(this.accessLog()), format: accessLogFormat },
    });
  }

  /** Puts the routes on the API, and the fallback behind all that is no route. */
  serve(routes: readonly Route[], handlers: Handlers, signIn: SignIn): void {
    const authorizer = new HttpJwtAuthorizer('SignedIn', signIn.issuer, { jwtAudience: [signIn.clientId] });
    for (const route of routes) this.addRoute(route, handlers, authorizer);
    const fallback = new HttpRoute(this, 'Fallback', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: new HttpLambdaIntegration('Fallback', handlers.get('fallback').function),
    });
    Validations.of(fallback).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'Only says 404 or 405; it reads no data and may not: its role has no grant but its own log.',
    });
  }

  private addRoute(route: Route, handlers: Handlers, authorizer: IHttpRouteAuthorizer): void {
    const made = new HttpRoute(this, routeKey(route).replaceAll(/[^A-Za-z]+/g, '-'), {
      httpApi: this.api,
      routeKey: HttpRouteKey.with(route.path, HttpMethod[route.method]),
      integration: new HttpLambdaIntegration(route.function, handlers.get(route.function).function),
      ...(route.caller === 'signed in' ? { authorizer } : {}),
    });
    if (route.caller === 'signed in') return;
    Validations.of(made).acknowledge({ id: 'AwsSolutions-APIG4', reason: withoutToken[route.caller] });
  }

  private accessLog(): LogGroup {
    return new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
