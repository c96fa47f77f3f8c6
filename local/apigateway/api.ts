import type { Authorizer } from './jwt.ts';
import type { RouteKey } from './routes.ts';

/** An HTTP API, filled in by the resources that belong to it. */
export interface Api {
  id: string;
  account: string;
  region: string;
  /** The name that the API has in AWS. */
  domainName: string;
  url: string;
  routes: Route[];
  integrations: Map<string, Integration>;
  authorizers: Map<string, { authorize: Authorizer; identitySource: string }>;
  stage: Stage | undefined;
  stop: () => Promise<void>;
}

export interface Integration {
  functionArn: string;
  /** How long API Gateway waits for the function. */
  timeoutMs: number;
}

export interface Route {
  route: RouteKey;
  integrationId: string;
  authorizerId: string | undefined;
  scopes: string[];
}

export interface Stage {
  name: string;
  accessLogFormat: string | undefined;
  /** True when the route may take one more request now. */
  admits(routeKey: string): boolean;
}

/** How a function is invoked: its ARN, the event, the route's execute-api ARN. */
export type Invoke = (functionArn: string, event: object, sourceArn: string) => Promise<Invoked>;

export type Invoked =
  { kind: 'returned'; payload: string } | { kind: 'too large' } | { kind: 'failed'; reason: string };
