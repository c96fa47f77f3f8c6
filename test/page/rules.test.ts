import { describe, expect, it } from '@jest/globals';
import { cardWords } from '../../static-site/card.ts';
import { createFormat } from '../../static-site/format.ts';
import {
  bestYearlySaving,
  buttonLabel,
  firstInterval,
  intervalsOf,
  isCurrent,
  priceFor,
  productsOf,
  trialWords,
  yearlySaving,
} from '../../static-site/plans.ts';
import { progressOf, waitAfter } from '../../static-site/progress.ts';
import { describe as inWords } from '../../static-site/status.ts';
import { accountFor, checkoutOf, june15, noSubscription, plans, subscription } from './world.ts';

const format = createFormat({ locales: ['en-US'], timeZone: 'UTC' });
const planOf = (lookupKey: string) => {
  const found = plans.find((plan) => plan.lookupKey === lookupKey);
  if (!found) throw new Error(lookupKey);
  return found;
};
const sentence = (...account: Parameters<typeof accountFor>) =>
  inWords(accountFor(...account), plans, format)?.sentence;

describe('money', () => {
  it.each([
    ['en-US', 2900, 'usd', '$29.00', '$29'],
    ['en-US', 950, 'usd', '$9.50', '$9.50'],
    ['ja-JP', 2900, 'jpy', '￥2,900', '￥2,900'],
    ['en-US', 2900, 'kwd', 'KWD 2.900', 'KWD 2.900'],
    ['en-US', 290_000, 'isk', 'ISK 2,900', 'ISK 2,900'],
    ['de-DE', 123_400, 'eur', '1.234,00 €', '1.234 €'],
  ])('is written as in %s: %d %s', (locale, amount, currency, long, short) => {
    const local = createFormat({ locales: [locale] });
    // Intl puts no-break spaces between number and sign.
    expect(local.money(amount, currency).replaceAll(/\s/g, ' ')).toBe(long);
    expect(local.shortMoney(amount, currency).replaceAll(/\s/g, ' ')).toBe(short);
  });
});

describe('dates', () => {
  it('are days in the visitor’s own time zone and language', () => {
    const lateInLondon = 1_781_566_200; // 23:30 UTC on 15 June 2026
    expect(createFormat({ locales: ['en-GB'], timeZone: 'UTC' }).date(lateInLondon)).toBe('15 June 2026');
    expect(createFormat({ locales: ['fr'], timeZone: 'Asia/Tokyo' }).date(lateInLondon)).toBe('16 juin 2026');
  });
});

describe('the plans on offer', () => {
  it('are one card a product, in the operator’s order, with all its prices', () => {
    expect(productsOf(plans).map(({ id, prices }) => [id, prices.length])).toEqual([
      ['starter', 2],
      ['pro', 2],
    ]);
  });

  it('are switched by interval, shortest first, beginning with the subscriber’s own', () => {
    expect(intervalsOf(plans.toReversed())).toEqual(['month', 'year']);
    expect(firstInterval(plans, null)).toBe('month');
    expect(firstInterval(plans, 'pro_yearly')).toBe('year');
  });

  it('keep a price for a product that is not sold for the chosen interval', () => {
    const [monthlyOnly] = productsOf([planOf('pro_monthly')]);
    expect(monthlyOnly && priceFor(monthlyOnly, 'year')?.lookupKey).toBe('pro_monthly');
  });

  it('say what a year saves against twelve months, and never promise too much', () => {
    const [starter] = productsOf(plans);
    if (!starter) throw new Error('no products');
    expect(yearlySaving(starter, planOf('starter_yearly'))).toBe(1800);
    expect(yearlySaving(starter, planOf('starter_monthly'))).toBe(0);
    expect(bestYearlySaving([starter])).toBe(16);
    expect(yearlySaving(starter, { ...planOf('starter_yearly'), amount: 12_000 })).toBe(0);
  });
});

describe('the button of a plan', () => {
  it('offers the trial to strangers and to those who have not had one', () => {
    expect(buttonLabel(planOf('pro_monthly'), null)).toBe('Start free trial');
    expect(buttonLabel(planOf('pro_monthly'), noSubscription)).toBe('Start free trial');
    expect(trialWords(planOf('pro_monthly'), null, format)).toBe('First 14 days free');
  });

  it('offers no trial where there is none, nor a second one', () => {
    expect(buttonLabel(planOf('starter_monthly'), null)).toBe('Subscribe');
    expect(buttonLabel(planOf('pro_monthly'), { ...noSubscription, trialAvailable: false })).toBe('Subscribe');
    expect(trialWords(planOf('pro_monthly'), accountFor('canceled'), format)).toBe('');
  });

  it.each(['active', 'trialing', 'canceling', 'past_due_grace', 'past_due', 'unpaid', 'paused'])(
    'offers to switch while a subscription is %s',
    (reason) => {
      expect(buttonLabel(planOf('starter_monthly'), accountFor(reason))).toBe('Switch to this plan');
      expect(isCurrent(planOf('pro_monthly'), accountFor(reason))).toBe(true);
    },
  );

  it('offers a new subscription when the last one is over', () => {
    expect(buttonLabel(planOf('pro_monthly'), accountFor('canceled'))).toBe('Subscribe');
    expect(isCurrent(planOf('pro_monthly'), accountFor('canceled'))).toBe(false);
  });
});

describe('a subscription in words', () => {
  it.each([
    ['active', {}, null, 'Renews on June 15, 2026 for $29.00.'],
    ['trialing', { trialEnd: june15 }, null, 'Trial until June 15, 2026, then $29.00 a month.'],
    ['canceling', {}, june15, 'Ends on June 15, 2026. You keep access until then, and nothing more is charged.'],
    [
      'past_due_grace',
      {},
      june15,
      'Your last payment did not go through. Pay it or update your card by June 15, 2026 to keep your access.',
    ],
    ['canceled', { endedAt: june15 }, null, 'Ended on June 15, 2026. You are welcome back any time.'],
  ])('says of %s what happens next, and when', (reason, over, until, words) => {
    expect(sentence(reason, over, until)).toBe(words);
  });

  it.each([
    ['cancellation_requested', 'Ended on June 15, 2026 because it was cancelled. You are welcome back any time.'],
    ['payment_failed', 'Ended on June 15, 2026 because it was not paid. You are welcome back any time.'],
    ['payment_disputed', 'Ended on June 15, 2026 because a payment was disputed. You are welcome back any time.'],
    ['something_new', 'Ended on June 15, 2026. You are welcome back any time.'],
  ])('says why it ended: %s', (endedBecause, sentence) => {
    const account = accountFor('canceled', { endedAt: june15, endedBecause });
    expect(inWords(account, plans, format)?.sentence).toBe(sentence);
  });

  it('asks for a card before a trial ends without one, and after it has', () => {
    const trial = accountFor('trialing', { trialEnd: june15, hasPaymentMethod: false });
    expect(inWords(trial, plans, format)?.sentence).toBe(
      'Trial until June 15, 2026, then $29.00 a month. Add a card before then to carry on.',
    );
    const paused = (hasPaymentMethod: boolean) =>
      inWords(accountFor('paused', { hasPaymentMethod }), plans, format)?.sentence;
    expect(paused(false)).toContain('add a card and your plan starts at once');
    expect(paused(true)).toBe('Your subscription is paused. Nothing is charged until it is resumed.');
  });

  it.each([
    [june15, 'Payments are paused until June 15, 2026. You keep your access.'],
    [null, 'Payments are paused for now. You keep your access.'],
  ])('says that only the payments are paused (until %s)', (collectionResumesAt, sentence) => {
    const account = accountFor('active', { collectionPaused: 'void', collectionResumesAt });
    expect(inWords(account, plans, format)).toMatchObject({ label: 'Payments paused', tone: 'good', sentence });
  });

  it.each(['past_due', 'unpaid', 'paused', 'incomplete', 'incomplete_expired', 'something_new'])(
    'has words for %s',
    (reason) => {
      expect(sentence(reason)).toMatch(/^[A-Z].+\.$/);
    },
  );

  it('counts every seat in the price', () => {
    expect(sentence('active', { quantity: 3 })).toBe('Renews on June 15, 2026 for $87.00.');
  });

  it('does without a price that Stripe does not name', () => {
    expect(sentence('trialing', { amount: null, trialEnd: june15 })).toBe('Trial until June 15, 2026.');
  });

  it('is nothing for those who never had one', () => {
    expect(inWords(noSubscription, plans, format)).toBeNull();
  });
});

describe('the success page', () => {
  const waiting = checkoutOf({ ...noSubscription, subscription: subscription() });

  it('is content as soon as there is access', () => {
    expect(progressOf(checkoutOf(accountFor('trialing'), 'complete', 'no_payment_required'), 1)).toBe('subscribed');
  });

  it('does not wait for a delayed payment', () => {
    expect(progressOf(checkoutOf(noSubscription, 'complete', 'unpaid'), 1)).toBe('payment_on_its_way');
  });

  it('asks again for half a minute, and then says that it takes long', () => {
    let answers = 1;
    let waited = 0;
    while (progressOf(waiting, answers) === 'wait') waited += waitAfter(answers++) ?? Number.NaN;
    expect(progressOf(waiting, answers)).toBe('taking_long');
    expect(waited).toBe(30_500);
  });

  it('gives an open session a moment only, and an expired one none', () => {
    expect(progressOf(checkoutOf(noSubscription, 'open', 'unpaid'), 1)).toBe('wait');
    expect(progressOf(checkoutOf(noSubscription, 'open', 'unpaid'), 4)).toBe('not_finished');
    expect(progressOf(checkoutOf(noSubscription, 'expired', 'unpaid'), 1)).toBe('expired');
  });
});

describe('the card', () => {
  const visa = { brand: 'visa', last4: '4242', expMonth: 6, expYear: 2026 };
  const lastSecond = Date.UTC(2026, 6) / 1000 - 1;

  it('is named as it is known on the card itself', () => {
    expect(cardWords(visa, null)).toEqual({ name: 'Visa •••• 4242', expiry: 'Expires 06/26', expiresFirst: false });
    expect(cardWords({ ...visa, brand: 'a new one' }, null).name).toBe('Card •••• 4242');
  });

  it('is good until the end of its month, and warned of when the next payment comes later', () => {
    expect(cardWords(visa, lastSecond).expiresFirst).toBe(false);
    expect(cardWords(visa, lastSecond + 1)).toMatchObject({
      expiresFirst: true,
      expiry: expect.stringContaining('before the next payment'),
    });
  });
});
