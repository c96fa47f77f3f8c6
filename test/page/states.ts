/** Every state of the page that a visitor may come to see, and how to get there. */
import type { Page } from 'playwright-core';
import {
  accountFor,
  card,
  charge,
  checkoutOf,
  invoice,
  june15,
  noSubscription,
  ok,
  problem,
  type Answer,
} from './world.ts';

export interface State {
  readonly path?: string;
  readonly signedIn?: boolean;
  readonly answers?: Record<string, Answer>;
  /** The text that shows that the state is there. */
  readonly shows: string;
  /** Requests that do not end while somebody looks, and such that do not get through. */
  readonly held?: readonly string[];
  readonly broken?: string;
  /** Answers come only after what stands there meanwhile has been painted. */
  readonly slow?: boolean;
  /** Made of the same parts as another: it has its pictures, and is not looked at by every run of the tests. */
  readonly likeAnother?: boolean;
  readonly act?: (page: Page) => Promise<void>;
}

const session = 'GET /api/checkout/cs_test_1';
const success = '/success?session_id=cs_test_1';
const account = (answer: unknown): Record<string, Answer> => ({ 'GET /api/subscription': ok(answer) });

const invoicesAnd = (paidWith: unknown, ...list: unknown[]): Record<string, Answer> => ({
  'GET /api/invoices': ok({ invoices: list, next: null, card: paidWith }),
});
const invoices = (...list: unknown[]): Record<string, Answer> => invoicesAnd(card(), ...list);
const due = invoice({ status: 'open', amountDue: 2900, nextAttempt: june15 });

const signIn = { issuer: 'https://id.example', clientId: 'page', scope: 'openid' };
const noPlans = { publishableKey: 'pk_test_1', testMode: true, signIn, plans: [] };

export const states: Record<string, State> = {
  'plans-fetched': { held: ['**/api/config'], shows: 'Fetching the plans…' },
  'account-fetched': { signedIn: true, held: ['**/api/subscription'], shows: 'Fetching your subscription…' },
  'invoices-fetched': {
    signedIn: true,
    answers: account(accountFor('past_due_grace', {}, june15)),
    held: ['**/api/invoices', '**/api/members'],
    shows: 'Fetching your invoices…',
  },
  plans: { shows: 'Start free trial' },
  'plans-yearly': { shows: 'Start free trial', act: (page) => page.getByText('Yearly').click() },
  'signed-in': { signedIn: true, shows: 'Sign out' },
  active: { signedIn: true, answers: account(accountFor('active')), shows: 'On keeping a commonplace book' },
  trialing: { signedIn: true, answers: account(accountFor('trialing', { trialEnd: june15 })), shows: 'Trial until' },
  'trial-without-card': {
    signedIn: true,
    answers: {
      ...account(accountFor('trialing', { trialEnd: june15, hasPaymentMethod: false })),
      ...invoicesAnd(null, invoice({ total: 0 })),
    },
    shows: 'No card yet',
  },
  'card-expires': {
    signedIn: true,
    answers: { ...account(accountFor('active')), ...invoicesAnd(card({ expMonth: 5, expYear: 2026 }), invoice()) },
    shows: 'before the next payment',
  },
  'no-card-at-all': {
    likeAnother: true,
    signedIn: true,
    answers: { ...account(accountFor('active')), ...invoicesAnd(null, invoice()) },
    shows: 'Saved at Stripe',
  },
  'payments-paused': {
    signedIn: true,
    answers: account(accountFor('active', { collectionPaused: 'void', collectionResumesAt: june15 })),
    shows: 'Payments are paused until',
  },
  'payment-due': {
    signedIn: true,
    path: '/pay?charge=dues',
    answers: {
      'GET /api/charges': ok({
        charges: [charge({ id: 'dues', status: 'declined', payable: true, description: 'The dues' }), charge()],
      }),
    },
    shows: 'A payment is due',
  },
  'card-saved': {
    signedIn: true,
    path: '/pay?session_id=cs_test_1',
    answers: { [session]: ok({ ...checkoutOf(noSubscription), mode: 'setup' }) },
    shows: 'Your card is saved',
  },
  canceling: { signedIn: true, answers: account(accountFor('canceling', {}, june15)), shows: 'Ends on' },
  checking: {
    signedIn: true,
    path: '/?portal=returned',
    answers: account(accountFor('active')),
    shows: 'Checking for changes…',
  },
  'past-due': {
    signedIn: true,
    answers: { ...account(accountFor('past_due_grace', {}, june15)), ...invoices(due, invoice(), invoice()) },
    shows: 'Pay $29.00 now',
  },
  'bank-asks': {
    signedIn: true,
    answers: { ...account(accountFor('past_due', {})), ...invoices({ ...due, actionRequired: true }) },
    shows: 'Confirm the payment',
  },
  unpaid: {
    signedIn: true,
    answers: { ...account(accountFor('unpaid')), ...invoices({ ...due, nextAttempt: null }, due, invoice()) },
    shows: 'Several payments',
  },
  'on-its-way-at-home': {
    signedIn: true,
    answers: { ...account(accountFor('active')), ...invoices({ ...due, processing: true }) },
    shows: 'Your bank takes a few days',
  },
  paused: {
    signedIn: true,
    answers: {
      ...account(accountFor('paused', { hasPaymentMethod: false })),
      ...invoicesAnd(null, invoice({ total: 0 })),
    },
    shows: 'No card yet',
  },
  invoices: {
    signedIn: true,
    answers: {
      ...account(accountFor('active')),
      ...invoices(
        invoice({ refunded: 2900 }),
        invoice({ refunded: 300 }),
        invoice({ disputed: true }),
        invoice({ status: 'void' }),
        invoice({ status: 'uncollectible', pdfUrl: null }),
      ),
    },
    shows: 'Disputed',
    act: (page) => page.getByRole('button', { name: 'Show more' }).click(),
  },
  'invoices-fault': {
    signedIn: true,
    answers: { ...account(accountFor('active')), 'GET /api/invoices': problem(502, 'stripe_unavailable', '') },
    shows: 'Your invoices could not be fetched',
  },
  ended: {
    signedIn: true,
    answers: account(accountFor('canceled', { endedAt: june15, endedBecause: 'payment_failed' })),
    shows: 'Ended on',
  },
  subscribed: {
    signedIn: true,
    path: success,
    answers: { [session]: ok(checkoutOf(accountFor('trialing', { trialEnd: june15 }))) },
    shows: 'You have successfully subscribed!',
  },
  'on-its-way': {
    signedIn: true,
    path: success,
    answers: { [session]: ok(checkoutOf(noSubscription, 'complete', 'unpaid')) },
    shows: 'Your payment is on its way',
  },
  confirming: {
    signedIn: true,
    path: success,
    answers: { [session]: ok(checkoutOf(noSubscription)) },
    shows: 'Confirming your subscription with Stripe…',
  },
  cancelled: { path: '/cancel', shows: 'You have cancelled the checkout.' },
  'not-configured': {
    answers: {
      'GET /api/config': problem(503, 'not_configured', 'Keys are missing: run `npm run operator -- setup`.'),
    },
    shows: 'Not open yet',
  },
  offline: { likeAnother: true, broken: '**/api/config', shows: 'You seem to be offline' },
  'not-accepted': {
    likeAnother: true,
    signedIn: true,
    answers: { 'GET /api/subscription': { status: 401, body: { message: 'Unauthorized' } } },
    shows: 'Your sign-in was not accepted',
  },
  'our-fault': {
    likeAnother: true,
    answers: { 'GET /api/config': problem(500, 'internal', '') },
    shows: 'Something went wrong on our side',
  },
  'not-their-checkout': {
    likeAnother: true,
    signedIn: true,
    path: success,
    answers: { [session]: problem(404, 'checkout_session_not_found', '') },
    shows: 'We could not find that checkout',
  },
  'not-finished': {
    likeAnother: true,
    signedIn: true,
    path: success,
    answers: { [session]: ok(checkoutOf(noSubscription, 'open', 'unpaid')) },
    shows: 'This checkout is not finished',
  },
  'sign-in-refused': { likeAnother: true, path: '/?error=access_denied&state=x', shows: 'You are not signed in' },
  'no-plans': { answers: { 'GET /api/config': ok(noPlans) }, shows: 'No plans yet' },
  'action-fault': {
    signedIn: true,
    answers: { 'POST /api/checkout': problem(502, 'stripe_unavailable', '') },
    shows: 'Sign out',
    act: async (page) => {
      await page.getByRole('button', { name: 'Subscribe' }).click();
      await page.getByText('Nothing was charged').waitFor();
    },
  },
};
