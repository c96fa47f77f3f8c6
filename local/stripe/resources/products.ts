import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import { newestFirst } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { invalidRequest } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { asked, inRange, listParams, pageOf, range } from '../wire/lists.ts';
import { mergeMetadata, metadata } from '../wire/metadata.ts';
import { bool, list, needed, object, type Parsed, text, unsettable } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

const params = {
  name: text(250),
  active: bool,
  description: unsettable(text(40_000)),
  images: unsettable(list(text(2048), 8)),
  marketing_features: unsettable(list(object({ name: needed(text(80)) }), 15)),
  metadata,
  statement_descriptor: text(22),
  tax_code: unsettable(text()),
  unit_label: unsettable(text(12)),
  url: unsettable(text()),
};
const createParams = { ...params, id: text(), name: needed(text(250)) };
const updateParams = { ...params, default_price: text() };

export function newProduct(id: string, name: string, now: number): Stripe.Product {
  return {
    id,
    object: 'product',
    active: true,
    created: now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: now,
    url: null,
  };
}

function changed(product: Stripe.Product, change: Parsed<typeof params>, now: number): Stripe.Product {
  const next: Stripe.Product = {
    ...product,
    name: change.name ?? product.name,
    active: change.active ?? product.active,
    ...(change.description !== undefined && { description: change.description }),
    ...(change.images !== undefined && { images: change.images ?? [] }),
    ...(change.marketing_features !== undefined && { marketing_features: change.marketing_features ?? [] }),
    ...(change.statement_descriptor !== undefined && { statement_descriptor: change.statement_descriptor }),
    ...(change.tax_code !== undefined && { tax_code: change.tax_code }),
    ...(change.unit_label !== undefined && { unit_label: change.unit_label }),
    ...(change.url !== undefined && { url: change.url }),
    metadata: mergeMetadata(product.metadata, change.metadata),
  };
  return JSON.stringify(next) === JSON.stringify(product) ? product : { ...next, updated: now };
}

function createProduct(work: Work, params: Parsed<typeof createParams>): Stripe.Product {
  const id = params.id ?? newId('prod', 14);
  if (work.state.objects.products.has(id)) {
    throw invalidRequest(`Product already exists.`, 'id', 'resource_already_exists');
  }
  return work.save('products', changed(newProduct(id, params.name, work.now), params, work.now), 'product.created');
}

function updateProduct(work: Work, id: string, params: Parsed<typeof updateParams>): Stripe.Product {
  const product = changed(find(work, 'products', id), params, work.now);
  const price = params.default_price;
  if (price !== undefined) find(work, 'prices', price, 'default_price');
  return work.save('products', price === undefined ? product : { ...product, default_price: price }, 'product.updated');
}

const listFilter = { ...listParams, active: bool, ids: list(text()), created: range };

export const productRoutes: Route[] = [
  route('POST', '/v1/products', createParams, ({ work, params }) => createProduct(work, params)),
  route('GET', '/v1/products/:id', {}, ({ work, id }) => find(work, 'products', id)),
  route('POST', '/v1/products/:id', updateParams, ({ work, id, params }) => updateProduct(work, id, params)),
  route('GET', '/v1/products', listFilter, ({ work, params }) => {
    const wanted = newestFirst(work.state.objects.products).filter(
      (product) =>
        asked(product.active, params.active) &&
        inRange(product.created, params.created) &&
        (params.ids === undefined || params.ids.includes(product.id)),
    );
    return pageOf('/v1/products', wanted, params);
  }),
];
