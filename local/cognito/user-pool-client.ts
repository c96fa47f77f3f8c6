import { openBag, type Bag } from '../cloudfront/bag.ts';

/** The resolved properties of an AWS::Cognito::UserPoolClient. */
export type UserPoolClientProperties = Readonly<Record<string, unknown>>;

/** What an app client may do; lifetimes are in seconds. */
export interface UserPoolClient {
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  readonly scopes: readonly string[];
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  readonly rotateRefreshTokens: boolean;
}

const FILE = 'local/cognito/user-pool-client.ts';

/** What changes nothing here, and why. */
const IGNORED = {
  UserPoolId: 'one provider is one pool',
  ClientName: 'shown in the AWS console only',
  PreventUserExistenceErrors: 'every email exists here',
  ExplicitAuthFlows: 'sign-in by API is not offered, only by the sign-in page',
  AuthSessionValidity: 'there is no multi-step challenge to wait for',
  EnableTokenRevocation: 'revocation is always on',
  EnablePropagateAdditionalUserContextData: 'there is no threat protection to tell',
  ReadAttributes: 'users have an email only, which every client may read',
  WriteAttributes: 'users are not written by clients',
};

const SECONDS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** Reads the properties. @throws when the client wants a flow that this provider does not do, with what to do instead */
export function parseUserPoolClient(properties: UserPoolClientProperties): UserPoolClient {
  const bag = openBag(properties, 'UserPoolClient', FILE);
  const units = bag.bag('TokenValidityUnits');
  refuseOtherFlows(bag);
  const client = {
    callbackUrls: bag.texts('CallbackURLs').map((url) => absolute(url, 'CallbackURLs')),
    logoutUrls: bag.texts('LogoutURLs').map((url) => absolute(url, 'LogoutURLs')),
    scopes: bag.texts('AllowedOAuthScopes'),
    // Cognito's defaults: an hour, an hour, thirty days; and its default units: hours, hours, days.
    accessTokenSeconds: validity(bag, 'AccessToken', units, 1, 'hours'),
    idTokenSeconds: validity(bag, 'IdToken', units, 1, 'hours'),
    refreshTokenSeconds: validity(bag, 'RefreshToken', units, 30, 'days'),
    rotateRefreshTokens: rotation(bag.bag('RefreshTokenRotation')),
  };
  units?.done();
  bag.done(IGNORED);
  if (client.callbackUrls.length === 0) throw new Error('UserPoolClient.CallbackURLs names no URL to return to.');
  return client;
}

function refuseOtherFlows(bag: Bag): void {
  const flows = bag.texts('AllowedOAuthFlows');
  if (!bag.flag('AllowedOAuthFlowsUserPoolClient', false) || flows.join() !== 'code') {
    throw new Error(
      `UserPoolClient allows the flows [${flows.join(', ')}]; the local provider does the code flow only: ` +
        'set AllowedOAuthFlowsUserPoolClient to true and AllowedOAuthFlows to ["code"].',
    );
  }
  if (bag.flag('GenerateSecret', false)) {
    throw new Error(
      'UserPoolClient.GenerateSecret is true; a page cannot keep a secret: leave it out, PKCE takes its place.',
    );
  }
  const providers = bag.texts('SupportedIdentityProviders').filter((name) => name !== 'COGNITO');
  if (providers.length > 0) {
    throw new Error(
      `UserPoolClient.SupportedIdentityProviders names ${providers.join(', ')}; locally there is COGNITO only.`,
    );
  }
}

function validity(
  bag: Bag,
  token: string,
  units: Bag | undefined,
  fallback: number,
  unit: keyof typeof SECONDS,
): number {
  const named = units?.text(token, unit) ?? unit;
  const seconds = new Map(Object.entries(SECONDS)).get(named);
  if (seconds === undefined)
    throw new Error(`UserPoolClient.TokenValidityUnits.${token} is ${named}, which is no unit.`);
  return bag.number(`${token}Validity`, fallback) * seconds;
}

function rotation(bag: Bag | undefined): boolean {
  const enabled = bag?.text('Feature') === 'ENABLED';
  bag?.done({ RetryGracePeriodSeconds: 'a used token is refused at once, the strictest of what may be set' });
  return enabled;
}

function absolute(url: string, place: string): string {
  if (URL.canParse(url)) return url;
  throw new Error(`UserPoolClient.${place} has ${url}, which is not an absolute URL.`);
}
