import type Stripe from 'stripe';
import { newId, randomText } from '../core/ids.ts';
import type { Work } from '../core/work.ts';
import { invalidRequest } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { needed, notSupported, type Parsed, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';
import { flowOf, flowParams, flowPath } from './portal-flow.ts';

const createParams = {
  customer: needed(text()),
  configuration: text(),
  return_url: text(5000),
  locale: text(10),
  flow_data: flowParams,
  on_behalf_of: notSupported,
  after_expiration: notSupported,
};

const NO_CONFIGURATION =
  'No configuration provided and your test mode default configuration has not been created. The Stripe simulator has no default one: name a configuration.';

function configurationOf(work: Work, id: string | undefined): Stripe.BillingPortal.Configuration {
  if (id === undefined) throw invalidRequest(NO_CONFIGURATION, 'configuration');
  const configuration = find(work, 'portalConfigurations', id, 'configuration');
  if (!configuration.active) throw invalidRequest('The configuration is not active.', 'configuration');
  return configuration;
}

function createSession(work: Work, params: Parsed<typeof createParams>): Stripe.BillingPortal.Session {
  find(work, 'customers', params.customer, 'customer');
  const configuration = configurationOf(work, params.configuration);
  const returnUrl = params.return_url ?? configuration.default_return_url;
  if (returnUrl !== null && !URL.canParse(returnUrl))
    throw invalidRequest('Not a valid URL', 'return_url', 'url_invalid');
  const flow = params.flow_data === undefined ? null : flowOf(work, params.customer, configuration, params.flow_data);
  const token = randomText(48);
  const session: Stripe.BillingPortal.Session = {
    id: newId('bps'),
    object: 'billing_portal.session',
    configuration: configuration.id,
    created: work.accountNow,
    customer: params.customer,
    customer_account: null,
    flow,
    livemode: false,
    locale: 'auto',
    on_behalf_of: null,
    return_url: returnUrl,
    url: `${work.url}/p/session/${token}${flow === null ? '' : flowPath(flow)}`,
  };
  work.state.portalTokens.set(token, session.id);
  return work.save('portalSessions', session, 'billing_portal.session.created');
}

export const portalSessionRoutes: Route[] = [
  route('POST', '/v1/billing_portal/sessions', createParams, ({ work, params }) => createSession(work, params)),
];
