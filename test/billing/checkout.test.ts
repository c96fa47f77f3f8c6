import { describe, expect, it } from '@jest/globals';
import plansFile from '../../plans.json' with { type: 'json' };
import { checkoutSessionParams, trialAvailable } from '../../billing/checkout.ts';
import { parsePlans, plansOf } from '../../billing/plans.ts';

const plan = plansOf(parsePlans(plansFile)).find(({ lookupKey }) => lookupKey === 'pro_monthly');
if (!plan) throw new Error('plans.json has no pro_monthly');
const order = {
  userId: 'user-1',
  customerId: 'cus_1',
  plan,
  priceId: 'price_1',
  trial: true,
  uiMode: 'hosted_page' as const,
  siteUrl: 'https://site.example',
};

describe('a checkout session', () => {
  it('says whose it is on the session and on the subscription', () => {
    const params = checkoutSessionParams(order);
    expect(params).toMatchObject({ client_reference_id: 'user-1', metadata: { userId: 'user-1' }, customer: 'cus_1' });
    expect(params.subscription_data).toMatchObject({ metadata: { userId: 'user-1' } });
  });

  it('offers no way to pay whose money comes days later: the subscription would be active before', () => {
    const excluded = checkoutSessionParams(order).excluded_payment_method_types;
    expect(excluded).toEqual(expect.arrayContaining(['us_bank_account', 'sepa_debit', 'bacs_debit']));
    expect(excluded).not.toContain('card');
  });

  it('has a trial once, and returns to our own pages', () => {
    expect(checkoutSessionParams(order).subscription_data?.trial_period_days).toBe(14);
    expect(checkoutSessionParams({ ...order, trial: false }).subscription_data).not.toHaveProperty('trial_period_days');
    expect(checkoutSessionParams(order)).toMatchObject({
      success_url: 'https://site.example/success?session_id={CHECKOUT_SESSION_ID}',
      cancel_url: 'https://site.example/cancel',
    });
  });
});

describe('a checkout session on our own page', () => {
  it.each(['embedded_page', 'elements'] as const)(
    '%s: comes back to our own page, and Stripe’s has no address',
    (uiMode) => {
      const params = checkoutSessionParams({ ...order, uiMode });
      expect(params).toMatchObject({
        ui_mode: uiMode,
        return_url: 'https://site.example/success?session_id={CHECKOUT_SESSION_ID}',
      });
      expect(params).not.toHaveProperty('success_url');
      expect(params).not.toHaveProperty('cancel_url');
    },
  );

  it('sells the same as the one on Stripe’s page', () => {
    const back = new Set(['ui_mode', 'return_url', 'success_url', 'cancel_url']);
    const soldBy = (uiMode: 'elements' | 'hosted_page') =>
      Object.entries(checkoutSessionParams({ ...order, uiMode })).filter(([name]) => !back.has(name));
    expect(soldBy('elements')).toEqual(soldBy('hosted_page'));
  });
});

describe('a trial', () => {
  it('is for those who never had one, in any subscription', () => {
    expect(trialAvailable([])).toBe(true);
    expect(trialAvailable([{ trialStart: null }])).toBe(true);
    expect(trialAvailable([{ trialStart: null }, { trialStart: 5 }])).toBe(false);
  });
});
