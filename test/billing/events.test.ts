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

  it('nothing, when it is about no subscription', () => {
    expect(taskOf(stripeEvent('checkout.session.completed', { subscription: null }), VERSION)).toEqual({
      kind: 'ignore',
    });
    expect(taskOf(stripeEvent('invoice.payment_failed', { parent: null }), VERSION)).toEqual({ kind: 'ignore' });
    expect(taskOf(stripeEvent('product.created', {}), VERSION)).toEqual({ kind: 'ignore' });
  });
});
