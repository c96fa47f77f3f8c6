import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import { newestFirst } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { wireDecimal } from '../wire/decimal.ts';
import { invalidRequest, missingParam } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { asked, inRange, listParams, pageOf, range } from '../wire/lists.ts';
import { mergeMetadata, metadata } from '../wire/metadata.ts';
import { bool, integer, list, needed, object, oneOf, oneOfSupported, type Parsed, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

const interval = oneOf('day', 'week', 'month', 'year');
const taxBehavior = oneOf('exclusive', 'inclusive', 'unspecified');

const changeable = {
  active: bool,
  lookup_key: text(200),
  transfer_lookup_key: bool,
  metadata,
  nickname: text(),
  tax_behavior: taxBehavior,
};
const createParams = {
  ...changeable,
  currency: needed(text(3)),
  product: needed(text()),
  unit_amount: integer(0, 99_999_999),
  billing_scheme: oneOfSupported(['per_unit'], ['tiered']),
  recurring: object({
    interval: needed(interval),
    interval_count: integer(1, 1095),
    usage_type: oneOfSupported(['licensed'], ['metered']),
  }),
};
const filterParams = {
  ...listParams,
  active: bool,
  currency: text(3),
  product: text(),
  type: oneOf('one_time', 'recurring'),
  lookup_keys: list(text(), 10),
  recurring: object({ interval, usage_type: oneOf('licensed', 'metered') }),
  created: range,
};

function recurringOf({ recurring }: PriceFacts): Stripe.Price.Recurring | null {
  if (recurring === undefined) return null;
  return {
    interval: recurring.interval,
    interval_count: recurring.interval_count ?? 1,
    meter: null,
    trial_period_days: null,
    usage_type: 'licensed',
  };
}

/** What makes a price; the rest is as Stripe has it by default. */
export interface PriceFacts extends Partial<Parsed<typeof createParams>> {
  readonly currency: string;
  readonly product: string;
}

/** A price per unit. @param amount in the minor unit */
export function newPrice(params: PriceFacts, amount: number, now: number): Stripe.Price {
  const recurring = recurringOf(params);
  return {
    id: newId('price'),
    object: 'price',
    active: params.active ?? true,
    billing_scheme: 'per_unit',
    created: now,
    currency: params.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: params.lookup_key ?? null,
    metadata: mergeMetadata({}, params.metadata),
    nickname: params.nickname ?? null,
    product: params.product,
    recurring,
    tax_behavior: params.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: recurring === null ? 'one_time' : 'recurring',
    unit_amount: amount,
    unit_amount_decimal: wireDecimal(String(amount)),
  };
}

/** A lookup key belongs to one active price at a time: another may take it over only when it says so. */
function freeLookupKey(work: Work, price: string | null, key: string | undefined, transfer: boolean | undefined): void {
  const prices = [...work.state.objects.prices.values()];
  const holder = prices.find((other) => key !== undefined && other.lookup_key === key && other.id !== price);
  if (holder === undefined) return;
  if (!transfer) {
    const message = `A price (\`${holder.id}\`) already uses that lookup key. To transfer it, set \`transfer_lookup_key=true\`.`;
    throw invalidRequest(message, 'lookup_key', 'resource_already_exists');
  }
  work.save('prices', { ...holder, lookup_key: null }, 'price.updated');
}

function createPrice(work: Work, params: Parsed<typeof createParams>): Stripe.Price {
  find(work, 'products', params.product, 'product');
  if (!/^[a-z]{3}$/i.test(params.currency)) throw invalidRequest(`Invalid currency: ${params.currency}`, 'currency');
  if (params.unit_amount === undefined) throw missingParam('unit_amount');
  freeLookupKey(work, null, params.lookup_key, params.transfer_lookup_key);
  return work.save('prices', newPrice(params, params.unit_amount, work.now), 'price.created');
}

function updatePrice(work: Work, id: string, params: Parsed<typeof changeable>): Stripe.Price {
  const price = find(work, 'prices', id);
  freeLookupKey(work, id, params.lookup_key, params.transfer_lookup_key);
  const next: Stripe.Price = {
    ...price,
    active: params.active ?? price.active,
    lookup_key: params.lookup_key ?? price.lookup_key,
    nickname: params.nickname ?? price.nickname,
    tax_behavior: params.tax_behavior ?? price.tax_behavior,
    metadata: mergeMetadata(price.metadata, params.metadata),
  };
  return work.save('prices', next, 'price.updated');
}

const matches = (price: Stripe.Price, params: Parsed<typeof filterParams>): boolean =>
  asked(price.active, params.active) &&
  asked(price.currency, params.currency?.toLowerCase()) &&
  asked<unknown>(price.product, params.product) &&
  asked<string>(price.type, params.type) &&
  asked<unknown>(price.recurring?.interval, params.recurring?.interval) &&
  asked<unknown>(price.recurring?.usage_type, params.recurring?.usage_type) &&
  inRange(price.created, params.created) &&
  (params.lookup_keys === undefined || params.lookup_keys.some((key) => key === price.lookup_key));

export const priceRoutes: Route[] = [
  route('POST', '/v1/prices', createParams, ({ work, params }) => createPrice(work, params)),
  route('GET', '/v1/prices/:id', {}, ({ work, id }) => find(work, 'prices', id)),
  route('POST', '/v1/prices/:id', changeable, ({ work, id, params }) => updatePrice(work, id, params)),
  route('GET', '/v1/prices', filterParams, ({ work, params }) =>
    pageOf(
      '/v1/prices',
      newestFirst(work.state.objects.prices).filter((price) => matches(price, params)),
      params,
    ),
  ),
];
