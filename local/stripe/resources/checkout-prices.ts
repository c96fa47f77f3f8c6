import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { Work } from '../core/work.ts';
import { invalidRequest, missingParam } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { mergeMetadata } from '../wire/metadata.ts';
import type { Parsed } from '../wire/params.ts';
import type { createParams } from './checkout-params.ts';
import { newPrice } from './prices.ts';
import { newProduct } from './products.ts';

type Params = Parsed<typeof createParams>;
type Line = NonNullable<Params['line_items']>[number];
type PriceData = NonNullable<Line['price_data']>;

function oneOfBoth(first: unknown, second: unknown, names: string, param: string): void {
  if (first !== undefined && second !== undefined) {
    throw invalidRequest(`You may only specify one of these parameters: ${names}.`, param);
  }
  if (first === undefined && second === undefined) {
    throw invalidRequest(`You must specify one of these parameters: ${names}.`, param, 'parameter_missing');
  }
}

/** The product of a price of this session only: one that there is, or one of its own, which nothing else can be sold of. */
function productOf(work: Work, { product: id, product_data: data }: PriceData): string {
  if (data === undefined) return id ?? '';
  const product: Stripe.Product = {
    ...newProduct(newId('prod', 14), data.name, work.accountNow),
    active: false,
    description: data.description ?? null,
    images: data.images ?? [],
    metadata: mergeMetadata({}, data.metadata),
    unit_label: data.unit_label ?? null,
  };
  return work.save('products', product, 'product.created').id;
}

/** A price of this session only is not active: nothing else can be sold at it. */
function makePrice(work: Work, data: PriceData): Stripe.Price {
  const { currency, tax_behavior, unit_amount = 0 } = data;
  const recurring = data.recurring && { ...data.recurring, usage_type: undefined };
  const facts = { currency, product: productOf(work, data), tax_behavior, recurring, active: false };
  return work.save('prices', newPrice(facts, unit_amount, work.accountNow), 'price.created');
}

interface Kind {
  readonly currency: string;
  readonly recurs: boolean;
}

function kindOfData(work: Work, data: PriceData, at: string): Kind {
  if (!/^[a-z]{3}$/i.test(data.currency)) throw invalidRequest(`Invalid currency: ${data.currency}`, `${at}[currency]`);
  if (data.unit_amount === undefined) throw missingParam(`${at}[unit_amount]`);
  oneOfBoth(data.product, data.product_data, 'product, product_data', `${at}[product]`);
  if (data.product !== undefined) find(work, 'products', data.product, `${at}[product]`);
  return { currency: data.currency.toLowerCase(), recurs: data.recurring !== undefined };
}

function kindOfPrice(work: Work, id: string, param: string): Kind {
  const price = find(work, 'prices', id, param);
  if (price.active) return { currency: price.currency, recurs: price.recurring !== null };
  throw invalidRequest('The price specified is inactive. This field only accepts active prices.', param);
}

function checkMode({ recurs }: Kind, mode: 'payment' | 'subscription', param: string): void {
  if (mode === 'payment' && recurs) {
    const message =
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.';
    throw invalidRequest(message, param);
  }
  if (mode === 'subscription' && !recurs) {
    throw invalidRequest('The Stripe simulator takes recurring prices only in `subscription` mode.', param);
  }
}

/** Refuses what cannot be sold, before any price is made. */
function checkLine(work: Work, line: Line, mode: 'payment' | 'subscription', at: string): Kind {
  oneOfBoth(line.price, line.price_data, 'price, price_data', `${at}[price]`);
  const param = line.price_data ? `${at}[price_data]` : `${at}[price]`;
  const kind = line.price_data ? kindOfData(work, line.price_data, param) : kindOfPrice(work, line.price ?? '', param);
  checkMode(kind, mode, param);
  return kind;
}

/** What a session sells, one price a line; a price that is described and not named is made for it. */
export function pricesOf(work: Work, params: Params, mode: 'payment' | 'subscription'): Stripe.Price[] {
  const lines = params.line_items ?? [];
  if (lines.length === 0) throw missingParam('line_items');
  const kinds = lines.map((line, index) => checkLine(work, line, mode, `line_items[${index}]`));
  if (new Set(kinds.map(({ currency }) => currency)).size > 1) {
    throw invalidRequest('All prices of a Checkout Session must have the same currency.', 'line_items');
  }
  return lines.map(({ price, price_data: data }) => (data ? makePrice(work, data) : find(work, 'prices', price ?? '')));
}
