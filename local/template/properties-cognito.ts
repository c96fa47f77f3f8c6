import { inMemory, noMoney, people, tags, type KnownProperties } from './known.ts';

const noMail = 'no message is ever sent: any email signs in';
const noPassword = 'the sign-in page asks for no password';

export const cognitoProperties: Readonly<Record<string, KnownProperties>> = {
  'AWS::Cognito::ManagedLoginBranding': {
    honoured: [],
    ignored: {
      UserPoolId: 'the local sign-in page has one look',
      ClientId: 'the local sign-in page has one look',
      UseCognitoProvidedValues: 'the local sign-in page has one look',
      Settings: 'the local sign-in page has one look',
    },
  },
  'AWS::Cognito::UserPool': {
    honoured: ['UsernameAttributes'],
    ignored: {
      AccountRecoverySetting: noPassword,
      AdminCreateUserConfig: 'anybody may sign in',
      AutoVerifiedAttributes: 'every email counts as verified',
      DeletionProtection: inMemory,
      EmailVerificationMessage: noMail,
      EmailVerificationSubject: noMail,
      EnabledMfas: noPassword,
      MfaConfiguration: noPassword,
      Policies: noPassword,
      Schema: 'users have an email only',
      SmsVerificationMessage: noMail,
      UserAttributeUpdateSettings: 'users cannot change their email',
      UserPoolAddOns: 'threat protection has nothing to watch',
      UserPoolName: people,
      UserPoolTags: tags,
      UserPoolTier: noMoney,
      UsernameConfiguration: 'emails are taken without regard to case, as is the default',
      VerificationMessageTemplate: noMail,
    },
  },
  'AWS::Cognito::UserPoolClient': {
    honoured: [
      'UserPoolId',
      'AccessTokenValidity',
      'AllowedOAuthFlows',
      'AllowedOAuthFlowsUserPoolClient',
      'AllowedOAuthScopes',
      'CallbackURLs',
      'GenerateSecret',
      'IdTokenValidity',
      'LogoutURLs',
      'RefreshTokenRotation.Feature',
      'RefreshTokenValidity',
      'SupportedIdentityProviders',
      'TokenValidityUnits.AccessToken',
      'TokenValidityUnits.IdToken',
      'TokenValidityUnits.RefreshToken',
    ],
    ignored: {
      AuthSessionValidity: 'there is no challenge of several steps to wait for',
      ClientName: people,
      EnablePropagateAdditionalUserContextData: 'there is no threat protection to tell',
      EnableTokenRevocation: 'revocation is always on',
      ExplicitAuthFlows: 'sign-in by API is not offered, only by the sign-in page',
      PreventUserExistenceErrors: 'every email exists here',
      ReadAttributes: 'users have an email only, which every client may read',
      'RefreshTokenRotation.RetryGracePeriodSeconds':
        'a used token is refused at once, the strictest of what may be set',
      WriteAttributes: 'clients do not write users',
    },
  },
  'AWS::Cognito::UserPoolDomain': {
    honoured: ['Domain', 'UserPoolId'],
    ignored: { ManagedLoginVersion: 'there is one sign-in page' },
  },
};
