/* oxlint-disable no-new -- a construct adds itself to its scope */
import { Duration } from 'aws-cdk-lib';
import {
  CfnManagedLoginBranding,
  OAuthScope,
  type UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';

export interface PageClientProps {
  readonly pool: UserPool;
  /** Without trailing slash. */
  readonly siteUrl: string;
}

/** The page as a public client: it can keep no secret, so it is the code grant with PKCE. */
export class PageClient extends Construct {
  readonly clientId: string;

  constructor(scope: Construct, id: string, props: PageClientProps) {
    super(scope, id);
    const client = new UserPoolClient(this, 'Client', {
      userPool: props.pool,
      generateSecret: false,
      // Of the ways to sign in past the login pages, only the one in which no password is sent.
      authFlows: { userSrp: true },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
        callbackUrls: [`${props.siteUrl}/`],
        logoutUrls: [`${props.siteUrl}/`],
      },
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(7),
      // Somebody's address must not be found out by trying to sign in with it.
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
    });
    this.clientId = client.userPoolClientId;
    // The newer managed login shows nothing for a client without a style of its own.
    new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: props.pool.userPoolId,
      clientId: this.clientId,
      useCognitoProvidedValues: true,
    });
  }
}
