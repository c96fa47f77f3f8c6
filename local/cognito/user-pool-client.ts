import type { Fields } from '../template/fields.ts';
import { TemplateError } from '../template/json.ts';

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

const SECONDS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/**
 * @param properties resolved, of an AWS::Cognito::UserPoolClient
 * @throws TemplateError when the client wants a flow that this provider does not do, with what to do instead
 */
export function parseUserPoolClient(properties: Fields): UserPoolClient {
  refuseOtherFlows(properties);
  const rotation = properties.group('RefreshTokenRotation');
  return {
    callbackUrls: callbackUrls(properties),
    logoutUrls: absoluteUrls(properties, 'LogoutURLs'),
    scopes: properties.texts('AllowedOAuthScopes'),
    // Cognito's defaults: an hour, an hour, thirty days; and its default units: hours, hours, days.
    accessTokenSeconds: validity(properties, 'AccessToken', 1, 'hours'),
    idTokenSeconds: validity(properties, 'IdToken', 1, 'hours'),
    refreshTokenSeconds: validity(properties, 'RefreshToken', 30, 'days'),
    rotateRefreshTokens: properties.has('RefreshTokenRotation') && rotation.text('Feature') === 'ENABLED',
  };
}

function refuseOtherFlows(properties: Fields): void {
  const { place } = properties;
  const flows = properties.texts('AllowedOAuthFlows');
  if (!properties.flag('AllowedOAuthFlowsUserPoolClient', false) || flows.join() !== 'code') {
    const problem = `allows the flows [${flows.join(', ')}]; the local provider does the code flow only.`;
    const todo = 'Set AllowedOAuthFlowsUserPoolClient to true and AllowedOAuthFlows to ["code"].';
    throw new TemplateError(place, problem, todo);
  }
  if (properties.flag('GenerateSecret', false)) {
    const problem = 'is true; a page cannot keep a secret.';
    throw new TemplateError(`${place}.GenerateSecret`, problem, 'Leave it out: PKCE takes its place.');
  }
  const providers = properties.texts('SupportedIdentityProviders').filter((name) => name !== 'COGNITO');
  if (providers.length > 0) {
    const problem = `names ${providers.join(', ')}; locally there is COGNITO only.`;
    throw new TemplateError(`${place}.SupportedIdentityProviders`, problem, 'Leave it out in lib/.');
  }
}

function validity(properties: Fields, token: string, fallback: number, unit: keyof typeof SECONDS): number {
  const units = properties.group('TokenValidityUnits');
  const named = units.text(token, unit);
  const seconds = new Map(Object.entries(SECONDS)).get(named);
  if (seconds === undefined) {
    const todo = `Name one of ${Object.keys(SECONDS).join(', ')}.`;
    throw new TemplateError(`${units.place}.${token}`, `is ${named}, which is no unit.`, todo);
  }
  return properties.number(`${token}Validity`, fallback) * seconds;
}

function callbackUrls(properties: Fields): string[] {
  const urls = absoluteUrls(properties, 'CallbackURLs');
  if (urls.length > 0) return urls;
  throw new TemplateError(`${properties.place}.CallbackURLs`, 'names no URL to return to.', 'Name the page in lib/.');
}

function absoluteUrls(properties: Fields, name: string): string[] {
  const urls = properties.texts(name);
  const wrong = urls.find((url) => !URL.canParse(url));
  if (wrong === undefined) return urls;
  const problem = `has ${wrong}, which is not an absolute URL.`;
  throw new TemplateError(`${properties.place}.${name}`, problem, 'Write it with its scheme and host.');
}
