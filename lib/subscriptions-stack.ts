/* oxlint-disable no-new -- a construct adds itself to its scope */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AccessChanges } from './access-changes.ts';
import { Api } from './api.ts';
import type { Build } from './bundle/bundle.ts';
import { ChargeSchedule } from './charges.ts';
import { Handlers } from './functions/handlers.ts';
import { ownProvider } from './identity/identity.ts';
import { CognitoIdentity } from './identity/user-pool.ts';
import { MembersKey } from './members/members-key.ts';
import { ReconcileSchedule } from './reconcile.ts';
import { RecordsTable } from './records-table.ts';
import { routeKey, routes } from './routes.ts';
import type { Settings } from './settings.ts';
import { Site } from './site/site.ts';
import { STRIPE_JS } from './site/stripe-js.ts';
import { StripeKeys } from './stripe-keys.ts';
import { namespaceOf } from './watching/sources.ts';
import { Watching } from './watching/watching.ts';

export interface SubscriptionsStackProps extends StackProps {
  readonly settings: Settings;
  readonly build: Build;
}

/** The whole business. It only puts the parts together; what each part is stands in its own file. */
export class SubscriptionsStack extends Stack {
  constructor(scope: Construct, id: string, { settings, build, ...props }: SubscriptionsStackProps) {
    super(scope, id, props);
    const { checkout, provider, removal } = settings;
    const takesPayments = checkout !== 'hosted_page';
    const identity = provider ? ownProvider(provider) : new CognitoIdentity(this, 'Identity', removal);
    const api = new Api(this, 'Api');
    const membersKey = new MembersKey(this, `MembersKey${settings.membersKey}`, {
      bundles: build.functions,
      metricsNamespace: namespaceOf(this),
    });
    const site = new Site(this, 'Site', {
      page: build.page,
      membersFiles: build.members,
      membersKeys: membersKey.keyGroup,
      apiDomain: api.domainName,
      connectSources: identity.connectSources,
      stripeJs: takesPayments,
      domain: settings.domain,
      firewall: settings.firewall,
    });
    const signIn = { issuer: identity.issuer, clientId: identity.clientFor(site.url) };
    const table = new RecordsTable(this, 'Records', removal);
    const keys = new StripeKeys(this, 'StripeKeys');
    const accessChanges = new AccessChanges(this, 'AccessChanges');
    const handlers = new Handlers(this, 'Functions', {
      bundles: build.functions,
      table,
      keys,
      accessChanges,
      membersKey,
      environment: {
        TABLE_NAME: table.tableName,
        SECRET_ID: keys.secretId,
        SITE_URL: site.url,
        OIDC_ISSUER: signIn.issuer,
        OIDC_CLIENT_ID: signIn.clientId,
        GRACE_DAYS: String(settings.graceDays),
        DISPUTES: settings.disputes,
        CHECKOUT_UI_MODE: takesPayments ? checkout : undefined,
        STRIPE_JS: takesPayments ? STRIPE_JS : undefined,
        ACCESS_CHANGES_BUS: accessChanges.busName,
        MEMBERS_KEY_ID: membersKey.keyId,
        MEMBERS_KEY_SECRET_ID: membersKey.secretId,
        METRICS_NAMESPACE: namespaceOf(this),
        ROUTES: routes.map(routeKey).join(','),
      },
    });
    api.serve(routes, handlers, signIn);
    accessChanges.follow(table, handlers.get('access-changes').function);
    new ChargeSchedule(this, 'Charges', handlers.get('charge-runs').function);
    new ReconcileSchedule(this, 'Reconcile', handlers.get('reconcile').function);
    const watching = new Watching(this, 'Watching', {
      handlers,
      namespace: namespaceOf(this),
      apiId: api.apiId,
      tableName: table.tableName,
      queueName: accessChanges.missedName,
      alarmEmail: settings.alarmEmail,
    });
    this.output({
      SiteUrl: site.url,
      ApiUrl: api.url,
      WebhookUrl: `${api.url}/webhook`,
      SecretId: keys.secretId,
      TableName: table.tableName,
      Issuer: signIn.issuer,
      ClientId: signIn.clientId,
      AccessChangesBus: accessChanges.busArn,
      AlarmTopic: watching.topicArn,
      ReconcileFunction: handlers.get('reconcile').function.functionName,
      ChargeRunsFunction: handlers.get('charge-runs').function.functionName,
      GraceDays: String(settings.graceDays),
      Disputes: settings.disputes,
    });
  }

  /** What the operator's commands read back. */
  private output(values: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(values)) new CfnOutput(this, name, { value });
  }
}
