import { describe, expect, it } from '@jest/globals';
import { HANDLED_EVENTS, taskOf } from '../../billing/events.ts';
import { NOON, stripeEvent, stripeSubscription } from '../support/subscription.ts';

const VERSION = '2026-10-28.endive';
const subscription = stripeSubscription();

describe('what an event asks of us', () => {
  it.each(HANDLED_EVENTS.filter((type) => type.startsWith('customer.subscription')))(
    '%s carries the record',
    (type) => {
      const task = taskOf(stripeEvent(type, subscription), VERSION);
      expect(task).toEqual({ kind: 'apply', subscription, created: NOON });
    },
  );

  it('a payload of another API version is only a hint', () => {
    const event = stripeEvent('customer.subscription.updated', subscription, { api_version: '2024-06-20' });
    expect(taskOf(event, VERSION)).toEqual({ kind: 'refetch', subscriptionId: 'sub_1', owner: 'user-1' });
  });

  it.each(['completed', 'async_payment_succeeded', 'async_payment_failed'])('a checkout %s is a hint', (what) => {
    const session = { subscription: 'sub_1', metadata: { userId: 'user-1' } };
    const task = taskOf(stripeEvent(`checkout.session.${what}`, session), VERSION);
    expect(task).toEqual({ kind: 'refetch', subscriptionId: 'sub_1', owner: 'user-1' });
  });

  it.each(['payment_failed', 'payment_action_required'])('an invoice of a subscription with %s is a hint', (what) => {
    const parent = { subscription_details: { subscription: 'sub_1', metadata: null } };
    const task = taskOf(stripeEvent(`invoice.${what}`, { parent }), VERSION);
    expect(task).toEqual({ kind: 'refetch', subscriptionId: 'sub_1', owner: undefined });
  });

  it('a checkout that kept a card says whose default it becomes, if it was ours', () => {
    const session = { mode: 'setup', customer: 'cus_1', subscription: null, metadata: { userId: 'user-1' } };
    const task = (changed: object) =>
      taskOf(stripeEvent('checkout.session.completed', { ...session, ...changed }), VERSION);
    expect(task({})).toEqual({ kind: 'adopt card', customerId: 'cus_1' });
    expect(task({ metadata: {} })).toEqual({ kind: 'ignore' });
    expect(task({ customer: null })).toEqual({ kind: 'ignore' });
  });

  it('a customer with another default card is looked at; one that changed otherwise is not', () => {
    const task = (previous_attributes: object, id: unknown = 'cus_1') =>
      taskOf(
        stripeEvent('customer.updated', { id }, { data: { object: { id }, previous_attributes } } as never),
        VERSION,
      );
    const another = { invoice_settings: { default_payment_method: null } };
    expect(task(another)).toEqual({ kind: 'follow card', customerId: 'cus_1' });
    expect(task(another, 5)).toEqual({ kind: 'ignore' });
    expect(task({ balance: 5 })).toEqual({ kind: 'ignore' });
    expect(task({ invoice_settings: { footer: 'x' } })).toEqual({ kind: 'ignore' });
  });

  it.each([
    ['without the items', { items: undefined }],
    ['of a customer that is a number', { customer: 5 }],
    ['without a status of its trial', { trial_end: undefined }],
    ['that ended at a text', { ended_at: 'soon' }],
    ['with an end that JSON cannot hold', { cancel_at: Infinity }],
    ['with a currency of a page', { currency: 'x'.repeat(501) }],
  ])('a payload %s is only a hint', (_, odd) => {
    const event = stripeEvent('customer.subscription.updated', { ...subscription, ...odd });
    expect(taskOf(event, VERSION)).toEqual({ kind: 'refetch', subscriptionId: 'sub_1', owner: 'user-1' });
  });

  it.each([-1, 1.5, '1800000000', null])('an event created at %j is only a hint', (created) => {
    const event = stripeEvent('customer.subscription.updated', subscription, { created: created as number });
    expect(taskOf(event, VERSION)).toMatchObject({ kind: 'refetch' });
  });

  it('a payload from a test clock is only a hint: its time is not that of Stripe’s answers', () => {
    const event = stripeEvent('customer.subscription.updated', { ...subscription, test_clock: 'clock_1' });
    expect(taskOf(event, VERSION)).toEqual({ kind: 'refetch', subscriptionId: 'sub_1', owner: 'user-1' });
  });

  it.each([undefined, null, {}, '', 'x'.repeat(201), 'Zoë'])('a user called %j is none of ours', (userId) => {
    const session = { subscription: 'sub_1', metadata: { userId } };
    const task = taskOf(stripeEvent('checkout.session.completed', session), VERSION);
    expect(task).toEqual({ kind: 'refetch', subscriptionId: 'sub_1', owner: undefined });
  });

  it.each([5, {}, [], '', '../customers', 'sub 1', 'x'.repeat(256)])('an id like %j cannot be read', (id) => {
    expect(taskOf(stripeEvent('checkout.session.completed', { subscription: id }), VERSION)).toEqual({
      kind: 'unreadable',
    });
  });

  it('a checkout in which a charge may have been paid is looked at, if it was ours', () => {
    const session = { id: 'cs_1', mode: 'payment', metadata: { userId: 'user-1', charge: 'fee' } };
    const task = (changed: object) =>
      taskOf(stripeEvent('checkout.session.completed', { ...session, ...changed }), VERSION);
    expect(task({})).toEqual({ kind: 'settle charge', sessionId: 'cs_1' });
    expect(task({ metadata: { userId: 'user-1' } })).toEqual({ kind: 'ignore' });
    expect(task({ metadata: { charge: 'fee' } })).toEqual({ kind: 'ignore' });
    expect(task({ id: '../cs' })).toEqual({ kind: 'ignore' });
  });

  it('nothing, when it is about no subscription', () => {
    expect(taskOf(stripeEvent('checkout.session.completed', { subscription: null }), VERSION)).toEqual({
      kind: 'ignore',
    });
    expect(taskOf(stripeEvent('invoice.payment_failed', { parent: null }), VERSION)).toEqual({ kind: 'ignore' });
    expect(taskOf(stripeEvent('product.created', {}), VERSION)).toEqual({ kind: 'ignore' });
  });
});
