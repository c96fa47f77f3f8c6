import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import { newestFirst } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { invalidRequest } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { asked, listParams, pageOf } from '../wire/lists.ts';
import { mergeMetadata, metadata } from '../wire/metadata.ts';
import { bool, needed, object, oneOfSupported, type Parsed, text, unsettable } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';
import { changedFeatures, featureParams, NO_FEATURES, type PortalProduct, productsOf } from './portal-features.ts';

type Configuration = Stripe.BillingPortal.Configuration;

const params = {
  features: featureParams,
  business_profile: object({
    headline: unsettable(text(60)),
    privacy_policy_url: unsettable(text()),
    terms_of_service_url: unsettable(text()),
  }),
  default_return_url: unsettable(text()),
  login_page: object({ enabled: needed(oneOfSupported(['false'], ['true'])) }),
  metadata,
  name: unsettable(text()),
};
const createParams = { ...params, features: needed(featureParams) };
const updateParams = { ...params, active: bool };

const newConfiguration = (now: number): Configuration => ({
  id: newId('bpc'),
  object: 'billing_portal.configuration',
  active: true,
  application: null,
  business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
  created: now,
  default_return_url: null,
  features: NO_FEATURES,
  is_default: false,
  livemode: false,
  login_page: { enabled: false, url: null },
  metadata: {},
  name: null,
  updated: now,
});

function changed(configuration: Configuration, change: Parsed<typeof params>, now: number): Configuration {
  const profile = change.business_profile;
  return {
    ...configuration,
    features: changedFeatures(configuration.features, change.features),
    business_profile: {
      ...configuration.business_profile,
      ...(profile?.headline !== undefined && { headline: profile.headline }),
      ...(profile?.privacy_policy_url !== undefined && { privacy_policy_url: profile.privacy_policy_url }),
      ...(profile?.terms_of_service_url !== undefined && { terms_of_service_url: profile.terms_of_service_url }),
    },
    ...(change.default_return_url !== undefined && { default_return_url: change.default_return_url }),
    ...(change.name !== undefined && { name: change.name }),
    metadata: mergeMetadata(configuration.metadata ?? {}, change.metadata),
    updated: now,
  };
}

function checkProducts(work: Work, products: readonly PortalProduct[]): void {
  products.forEach(({ product, prices }, index) => {
    const param = `features[subscription_update][products][${index}]`;
    find(work, 'products', product, `${param}[product]`);
    for (const id of prices) {
      const price = find(work, 'prices', id, `${param}[prices]`);
      if (price.product !== product) {
        throw invalidRequest(`The price ${id} does not belong to the product ${product}.`, `${param}[prices]`);
      }
      if (price.recurring === null) throw invalidRequest(`The price ${id} is not recurring.`, `${param}[prices]`);
    }
  });
}

function checkUpdates({ features }: Configuration, products: readonly PortalProduct[]): void {
  const { enabled, default_allowed_updates: allowed } = features.subscription_update;
  if (!enabled) return;
  if (allowed.length === 0) {
    const param = 'features[subscription_update][default_allowed_updates]';
    throw invalidRequest(`Missing required param: ${param}.`, param, 'parameter_missing');
  }
  if (products.length === 0) {
    const param = 'features[subscription_update][products]';
    throw invalidRequest(`Missing required param: ${param}.`, param, 'parameter_missing');
  }
}

type Event = 'billing_portal.configuration.created' | 'billing_portal.configuration.updated';

function save(work: Work, before: Configuration, change: Parsed<typeof params>, event: Event): Configuration {
  const configuration = changed(before, change, work.now);
  const products = productsOf(change.features) ?? work.state.portalProducts.get(before.id) ?? [];
  checkProducts(work, products);
  checkUpdates(configuration, products);
  work.state.portalProducts.set(configuration.id, products);
  return work.save('portalConfigurations', configuration, event);
}

function update(work: Work, id: string, change: Parsed<typeof updateParams>): Configuration {
  const before = find(work, 'portalConfigurations', id);
  const next = { ...before, active: change.active ?? before.active };
  return save(work, next, change, 'billing_portal.configuration.updated');
}

const PATH = '/v1/billing_portal/configurations';

export const portalConfigurationRoutes: Route[] = [
  route('POST', PATH, createParams, ({ work, params }) =>
    save(work, newConfiguration(work.now), params, 'billing_portal.configuration.created'),
  ),
  route('GET', `${PATH}/:id`, {}, ({ work, id }) => find(work, 'portalConfigurations', id)),
  route('POST', `${PATH}/:id`, updateParams, ({ work, id, params }) => update(work, id, params)),
  route('GET', PATH, { ...listParams, active: bool, is_default: bool }, ({ work, params }) => {
    const wanted = newestFirst(work.state.objects.portalConfigurations).filter(
      (one) => asked(one.active, params.active) && asked(one.is_default, params.is_default),
    );
    return pageOf(PATH, wanted, params);
  }),
];
