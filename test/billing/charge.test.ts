import { describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { isOwed, payAddress, verdictOf, type ChargeStatus } from '../../billing/charge.ts';
import { checkedRun, dayOf, differencesOf, isDue, type RunStatus } from '../../billing/charge-run.ts';
import { NOON } from '../support/subscription.ts';

const intent = (wanted: object) =>
  ({ id: 'pi_1', last_payment_error: null, ...wanted }) as unknown as Stripe.PaymentIntent;
const failed = (error: object) => intent({ status: 'requires_payment_method', last_payment_error: error });

describe('what a payment intent says of a charge', () => {
  it.each([
    ['succeeded', 'succeeded'],
    ['processing', 'processing'],
    ['canceled', 'canceled'],
    ['requires_confirmation', 'untried'],
    ['requires_payment_method', 'untried'],
    ['requires_action', 'action_required'],
  ])('%s is %s', (status, verdict) => {
    expect(verdictOf(intent({ status })).status).toBe(verdict);
  });

  it('a decline has the bank’s reason, or Stripe’s when the bank gives none', () => {
    const declined = failed({ code: 'card_declined', decline_code: 'insufficient_funds' });
    expect(verdictOf(declined)).toEqual({ status: 'declined', declineCode: 'insufficient_funds' });
    expect(verdictOf(failed({ code: 'expired_card' }))).toEqual({ status: 'declined', declineCode: 'expired_card' });
  });

  it('a bank that wants the customer is no decline', () => {
    const wanted = failed({ code: 'authentication_required', decline_code: 'authentication_required' });
    expect(verdictOf(wanted).status).toBe('action_required');
  });

  it('a status that no charge of ours can have is a fault, and not a guess', () => {
    expect(() => verdictOf(intent({ status: 'requires_capture' }))).toThrow('pi_1 is requires_capture');
  });
});

describe('a charge', () => {
  it.each<[ChargeStatus, boolean]>([
    ['declined', true],
    ['action_required', true],
    ['processing', false],
    ['succeeded', false],
    ['no_card', false],
    ['canceled', false],
  ])('that is %s is owed: %s', (status, owed) => {
    expect(isOwed({ status })).toBe(owed);
  });

  it('has a page of its own on which it is paid', () => {
    expect(payAddress('https://site.example', '2026-12-fee')).toBe('https://site.example/pay?charge=2026-12-fee');
  });
});

const run = { id: '2026-12-fee', amount: 500, currency: 'usd', description: 'December', on: '2026-12-01' };

describe('a charge run', () => {
  it.each([
    [{ id: 'With space' }, 'The id'],
    [{ id: '' }, 'The id'],
    [{ id: 'x'.repeat(61) }, 'The id'],
    [{ amount: 0 }, 'The amount'],
    [{ amount: 1.5 }, 'The amount'],
    [{ amount: 100_000_000 }, 'The amount'],
    [{ currency: 'dollars' }, 'The currency'],
    [{ description: '' }, 'The description'],
    [{ description: 'two\nlines' }, 'The description'],
    [{ on: '2026-02-30' }, 'The day'],
    [{ on: '1.12.2026' }, 'The day'],
    [{ on: '2026-12-01T00:00' }, 'The day'],
  ])('with %j is none', (wrong, why) => {
    expect(() => checkedRun({ ...run, ...wrong })).toThrow(why);
    expect(checkedRun(run)).toBe(run);
  });

  it.each<[RunStatus, string, boolean]>([
    ['planned', '2027-01-15', true],
    ['started', '2027-01-14', true],
    ['planned', '2027-01-16', false],
    ['finished', '2027-01-15', false],
    ['withdrawn', '2027-01-15', false],
  ])('that is %s for %s is due on 15 January 2027: %s', (status, on, due) => {
    expect(dayOf(NOON)).toBe('2027-01-15');
    expect(isDue({ status, on }, NOON)).toBe(due);
  });

  it('differs from another by whatever would charge somebody something else', () => {
    expect(differencesOf(run, { ...run })).toEqual([]);
    expect(differencesOf(run, { ...run, amount: 600, on: '2026-12-02' })).toEqual(['amount', 'on']);
  });
});
