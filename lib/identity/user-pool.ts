import { Aws, Duration, Fn, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  UserPool,
  type UserPoolDomain,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import type { Identity } from './identity.ts';
import { PageClient } from './page-client.ts';

/** Cognito: people sign up with an email address and a password, on Cognito's own managed login pages. */
export class CognitoIdentity extends Construct implements Identity {
  readonly issuer: string;
  readonly connectSources: readonly string[];
  private readonly pool: UserPool;

  /** @param removal whether the users outlive the stack */
  constructor(scope: Construct, id: string, removal: Settings['removal']) {
    super(scope, id);
    this.pool = new UserPool(this, 'UserPool', {
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      // Cognito sends at most 50 of its own mails a day. A busier shop sends through SES: the property `email`.
      autoVerify: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      // A changed address counts only once it is verified, else one could take over another's.
      keepOriginal: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      // The records are keyed by this pool's user ids: without the pool nobody could reach what they paid for.
      deletionProtection: removal === 'retain',
      removalPolicy: removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.acknowledge();
    this.issuer = this.pool.userPoolProviderUrl;
    // With a slash at its end the issuer's path means "and all below it". The domain has the token endpoint.
    this.connectSources = [`${this.issuer}/`, this.addLoginPages().baseUrl()];
  }

  clientFor(siteUrl: string): string {
    return new PageClient(this, 'Client', { pool: this.pool, siteUrl }).clientId;
  }

  /** The prefix is shared by all accounts of a region, so it is the stack's own unique id: nobody has to invent one. */
  private addLoginPages(): UserPoolDomain {
    const stackUuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));
    return this.pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `subscriptions-${stackUuid}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
  }

  private acknowledge(): void {
    Validations.of(this.pool).acknowledge(
      {
        id: 'AwsSolutions-COG2',
        reason:
          'Customers of a shop choose for themselves whether to set up an authenticator app: MFA is offered, not forced.',
      },
      {
        id: 'AwsSolutions-COG8',
        reason:
          'The Plus plan is paid per monthly user from the first one. Essentials has managed login, and the promise is ' +
          'that nothing is paid while nobody subscribes. An operator who wants threat protection changes one line.',
      },
    );
  }
}
