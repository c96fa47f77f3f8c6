import { beforeAll, describe, expect, it } from '@jest/globals';
import Stripe from 'stripe';
import { API_VERSION } from '../../../../local/stripe/core/work.ts';
import { routes } from '../../../../local/stripe/resources/all.ts';
import { integer, needed, object, oneOf, text } from '../../../../local/stripe/wire/params.ts';
import { route } from '../../../../local/stripe/wire/router.ts';
import { OUTSIDE_THE_SDK } from './outside.ts';
import { strangers } from './surface.ts';
import { stripeTruth, type Validator } from './validator.ts';

let stripe: Validator;
// Derived when the SDK or the code that reads it has changed: seconds, on a busy machine.
beforeAll(async () => {
  stripe = await stripeTruth();
}, 60_000);

const operation = (route: string) => {
  const found = stripe.truth.operations[route];
  if (found === undefined) throw new Error(`the SDK has no ${route}`);
  return found;
};
const faultOfParams = (route: string, params: object) => stripe.faultOf(operation(route).params, params);

it("the simulator speaks the version of the API that the pinned SDK's types describe", () => {
  expect(API_VERSION).toBe(Stripe.API_VERSION);
});

describe('a route of the simulator', () => {
  const inTheSdk = routes.filter(({ method, path }) => !OUTSIDE_THE_SDK.has(`${method} ${path}`));

  it.each(inTheSdk.map((one) => [`${one.method} ${one.path}`, one] as const))(
    '%s is a call of the SDK, and knows no parameter and no word that Stripe does not',
    (_, one) => {
      expect(strangers(one, stripe)).toEqual([]);
    },
  );

  it('that knew more than Stripe would be found out', () => {
    const made = route(
      'POST',
      '/v1/customers',
      { email: text(), colour: text(), tax_exempt: oneOf('none', 'mostly') },
      () => ({}),
    );
    expect(strangers(made, stripe)).toEqual(['POST /v1/customers colour', 'POST /v1/customers tax_exempt=mostly']);
    const deep = route('POST', '/v1/customers', { address: needed(object({ planet: integer() })) }, () => ({}));
    expect(strangers(deep, stripe)).toEqual(['POST /v1/customers address[planet]']);
    const none = route('POST', '/v1/nonsense', {}, () => ({}));
    expect(strangers(none, stripe)).toEqual(['POST /v1/nonsense is no call of the SDK']);
  });
});

describe("the SDK's types", () => {
  it('refuse what the tutorials still teach', () => {
    const session = (params: object) => faultOfParams('POST /v1/checkout/sessions', params);
    expect(session({ mode: 'subscription', ui_mode: 'hosted_page' })).toBeNull();
    expect(session({ payment_method_types: { 0: 'card' } })).toBe('.payment_method_types is unknown');
    expect(session({ ui_mode: 'hosted' })).toContain('.ui_mode is "hosted"');
    expect(faultOfParams('POST /v1/subscriptions/:id', { billing_cycle_anchor: 'now' })).toContain(
      '.billing_cycle_anchor is "now"',
    );
  });

  it('know text as forms carry it: numbers, empty values, hashes of indices', () => {
    const subscription = (params: object) => faultOfParams('POST /v1/subscriptions/:id', params);
    expect(
      subscription({ items: { 0: { id: 'si_1', quantity: '2' } }, cancel_at: '', metadata: { a: '' } }),
    ).toBeNull();
    expect(subscription({ items: { 0: { quantity: 'two' } } })).toContain('.items.0.quantity is "two"');
    expect(subscription({ cancel_at_period_end: 'yes' })).toContain('.cancel_at_period_end is "yes"');
  });

  it('want every field of an answer, and none beside', () => {
    const { answer } = operation('DELETE /v1/customers/:id');
    const deleted = { id: 'cus_1', object: 'customer', deleted: true };
    expect(stripe.faultOf(answer, deleted)).toBeNull();
    expect(stripe.faultOf(answer, { ...deleted, deleted: undefined })).toContain('.deleted');
    expect(stripe.faultOf(answer, { id: 'cus_1', object: 'customer' })).toBe('.deleted is missing');
    expect(stripe.faultOf(answer, { ...deleted, name: 'Ada' })).toBe('.name is unknown');
  });
});
