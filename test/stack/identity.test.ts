import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { templateWith } from './synthesized.ts';

describe('Cognito', () => {
  const template = templateWith();

  it('lets people sign up by themselves with an email address that they prove to have', () => {
    template.hasResourceProperties('AWS::Cognito::UserPool', {
      UserPoolTier: 'ESSENTIALS',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      UsernameAttributes: ['email'],
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
      UsernameConfiguration: { CaseSensitive: false },
    });
  });

  it('keeps its users when the stack goes, because the records are keyed by their ids', () => {
    template.hasResource('AWS::Cognito::UserPool', {
      DeletionPolicy: 'Retain',
      Properties: { DeletionProtection: 'ACTIVE' },
    });
  });

  it('knows the page as a public client: code grant, no secret, back to the site and nowhere else', () => {
    const [distribution] = Object.keys(template.findResources('AWS::CloudFront::Distribution'));
    const site = { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [distribution, 'DomainName'] }, '/']] };
    template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid', 'email'],
      CallbackURLs: [site],
      LogoutURLs: [site],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      ExplicitAuthFlows: Match.not(Match.arrayWith(['ALLOW_USER_PASSWORD_AUTH'])),
    });
  });

  it('shows the newer managed login, at a prefix that is the stack’s own', () => {
    template.hasResourceProperties('AWS::Cognito::UserPoolDomain', {
      ManagedLoginVersion: 2,
      Domain: {
        'Fn::Join': ['', ['subscriptions-', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }]],
      },
    });
    template.hasResourceProperties('AWS::Cognito::ManagedLoginBranding', { UseCognitoProvidedValues: true });
  });
});

describe('a provider of one’s own', () => {
  const context = { oidcIssuer: 'https://id.example.com/tenant/', oidcClientId: 'page' };
  const template = templateWith({ context });

  it('takes the place of Cognito altogether', () => {
    expect(JSON.stringify(template.toJSON())).not.toContain('AWS::Cognito');
    template.hasOutput('Issuer', { Value: context.oidcIssuer });
    template.hasOutput('ClientId', { Value: context.oidcClientId });
  });

  it('is whom the API believes', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      JwtConfiguration: { Issuer: context.oidcIssuer, Audience: [context.oidcClientId] },
    });
  });

  it('may be called by the page', () => {
    const [headers] = Object.values(template.findResources('AWS::CloudFront::ResponseHeadersPolicy'));
    const security = headers?.Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig;
    expect(security.ContentSecurityPolicy.ContentSecurityPolicy).toContain(
      "connect-src 'self' https://id.example.com;",
    );
  });
});
