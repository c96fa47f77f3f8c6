import type Stripe from 'stripe';
import { newId, randomText } from '../core/ids.ts';
import { newestFirst } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { attach } from '../life/attaching.ts';
import { clockWithRoom, onClock } from '../life/clock-members.ts';
import { endSubscription } from '../life/ending.ts';
import { idOf } from '../life/references.ts';
import { invalidRequest } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { asked, inRange, listParams, pageOf, range } from '../wire/lists.ts';
import { mergeMetadata, metadata } from '../wire/metadata.ts';
import { list, object, type Parsed, text, unsettable } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';
import { addressOf, addressParams } from './address.ts';
import { attachSource, namedMethod } from './named-methods.ts';
import { paymentMethodsOf } from './payment-methods.ts';

const params = {
  email: unsettable(text(512)),
  name: unsettable(text(256)),
  description: unsettable(text(350)),
  phone: unsettable(text(20)),
  address: unsettable(addressParams),
  preferred_locales: list(text(20)),
  invoice_settings: object({ default_payment_method: unsettable(text()) }),
  metadata,
  source: text(),
};
const createParams = { ...params, payment_method: text(), test_clock: text() };
const filterParams = { ...listParams, email: text(), created: range, test_clock: text() };

function newCustomer(now: number, clock: string | null): Stripe.Customer {
  return {
    id: newId('cus', 14),
    object: 'customer',
    address: null,
    balance: 0,
    created: now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomText(8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: clock,
  };
}

/** The default that was asked for: one of the customer's own. */
function defaultAsked(work: Work, customer: Stripe.Customer, wanted: string | null | undefined): typeof wanted {
  if (!wanted) return wanted;
  const param = 'invoice_settings[default_payment_method]';
  const method = find(work, 'paymentMethods', wanted, param);
  if (method.customer !== null && idOf(method.customer) === customer.id) return method.id;
  const message = `The customer does not have a payment method with the ID ${method.id}. The payment method must be attached to the customer.`;
  throw invalidRequest(message, param, 'resource_missing');
}

function changed(work: Work, customer: Stripe.Customer, change: Parsed<typeof params>): Stripe.Customer {
  const method = defaultAsked(work, customer, change.invoice_settings?.default_payment_method);
  const source = change.source === undefined ? undefined : attachSource(work, customer, change.source).id;
  return {
    ...customer,
    ...(change.email !== undefined && { email: change.email }),
    ...(change.name !== undefined && { name: change.name }),
    ...(change.description !== undefined && { description: change.description }),
    ...(change.phone !== undefined && { phone: change.phone }),
    ...(change.address !== undefined && { address: addressOf(change.address) }),
    ...(change.preferred_locales !== undefined && { preferred_locales: change.preferred_locales }),
    ...(source !== undefined && { default_source: source }),
    ...(method !== undefined && {
      invoice_settings: { ...customer.invoice_settings, default_payment_method: method },
    }),
    metadata: mergeMetadata(customer.metadata, change.metadata),
  };
}

/** @param clock the test clock that the customer lives by, if any */
export const createCustomer = (
  work: Work,
  change: Partial<Parsed<typeof params>>,
  clock: string | null = null,
): Stripe.Customer => {
  const absent = { email: undefined, name: undefined, description: undefined, phone: undefined, address: undefined };
  const rest = { preferred_locales: undefined, invoice_settings: undefined, metadata: undefined, source: undefined };
  const customer = changed(work, newCustomer(work.now, clock), { ...absent, ...rest, ...change });
  return work.save('customers', customer, 'customer.created');
};

/** With a payment method that becomes the customer's own; the default may be the same one, by the same name. */
function createWith(work: Work, asked: Parsed<typeof createParams>): Stripe.Customer {
  const { payment_method: name, test_clock, ...params } = asked;
  const clock = test_clock === undefined ? null : clockWithRoom(work, test_clock);
  if (name === undefined) return createCustomer(work, params, clock);
  const customer = newCustomer(work.now, clock);
  const method = attach(work, namedMethod(work, name, 'payment_method'), customer);
  const settings = params.invoice_settings;
  const invoice_settings =
    settings?.default_payment_method === name ? { ...settings, default_payment_method: method.id } : settings;
  return work.save('customers', changed(work, customer, { ...params, invoice_settings }), 'customer.created');
}

export function deleteCustomer(work: Work, id: string): Stripe.DeletedCustomer {
  const { objects, deletedCustomers } = work.state;
  const deleted = { id, object: 'customer', deleted: true } as const;
  if (deletedCustomers.has(id)) return deleted;
  const customer = find(work, 'customers', id);
  for (const subscription of objects.subscriptions.values()) {
    if (subscription.customer === id && subscription.ended_at === null) endSubscription(work, subscription, null);
  }
  objects.customers.delete(id);
  deletedCustomers.add(id);
  work.emit('customer.deleted', customer);
  return deleted;
}

export const customerRoutes: Route[] = [
  route('POST', '/v1/customers', createParams, ({ work, params }) => createWith(work, params)),
  route('GET', '/v1/customers/:id', {}, ({ work, id }) =>
    work.state.deletedCustomers.has(id) ? { id, object: 'customer', deleted: true } : find(work, 'customers', id),
  ),
  route('POST', '/v1/customers/:id', params, ({ work, id, params }) =>
    work.save('customers', changed(work, find(work, 'customers', id), params), 'customer.updated'),
  ),
  route('DELETE', '/v1/customers/:id', {}, ({ work, id }) => deleteCustomer(work, id)),
  route('GET', '/v1/customers', filterParams, ({ work, params }) => {
    const wanted = newestFirst(work.state.objects.customers).filter(
      (customer) =>
        onClock(customer, params) && asked(customer.email, params.email) && inRange(customer.created, params.created),
    );
    return pageOf('/v1/customers', wanted, params);
  }),
  route('GET', '/v1/customers/:id/payment_methods', { ...listParams, type: text() }, ({ work, id, params }) => {
    find(work, 'customers', id);
    const methods = paymentMethodsOf(work.state, id).filter((method) => asked(method.type, params.type));
    return pageOf(`/v1/customers/${id}/payment_methods`, methods, params);
  }),
];
