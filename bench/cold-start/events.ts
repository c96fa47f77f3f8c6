import { createHmac } from 'node:crypto';
import type { needs, Variable } from '../../lib/functions/needs.ts';
import { functionNames } from '../../lib/routes.ts';
import { httpEvent, type Call } from '../../test/support/http-event.ts';
import { stripeEvent, stripeSubscription } from '../../test/support/subscription.ts';
import { CHARGED, KEYS, SESSION, SUBSCRIBER, VISITOR } from './answers.ts';

/** What answers routes, schedules and streams. */
export type HandlerName = keyof typeof needs;

/** Those settings that are more than a name; the process has no use for the others. */
const SETTINGS: Partial<Record<Variable, string>> = {
  GRACE_DAYS: '7',
  DISPUTES: 'keep',
  CHECKOUT_UI_MODE: 'hosted_page',
  ROUTES: 'GET /api/config,POST /webhook',
};
export const settingOf = (variable: Variable): string => SETTINGS[variable] ?? `https://${variable}.example`;

/** The most usual first event of each function, made when it is asked for: Stripe's signature is good for five minutes. */
export const firstEvents: Readonly<Record<HandlerName, () => unknown>> = {
  config: () => httpEvent('GET', { path: '/api/config' }),
  checkout: () => httpEvent('POST', { user: VISITOR, ...json({ plan: 'pro_monthly' }) }),
  'checkout-session': () => httpEvent('GET', { user: SUBSCRIBER, parameters: { sessionId: SESSION } }),
  subscription: () => httpEvent('GET', { user: SUBSCRIBER }),
  portal: () => httpEvent('POST', { user: SUBSCRIBER }),
  invoices: () => httpEvent('GET', { user: SUBSCRIBER }),
  charges: () => httpEvent('GET', { user: SUBSCRIBER }),
  'pay-charge': () => httpEvent('POST', { user: SUBSCRIBER, parameters: { id: CHARGED } }),
  members: () => httpEvent('GET', { user: SUBSCRIBER }),
  webhook: () => httpEvent('POST', signed(stripeEvent('customer.subscription.updated', stripeSubscription()))),
  reconcile: () => ({}),
  'charge-runs': () => ({}),
  'access-changes': () => ({
    Records: [{ dynamodb: { Keys: { pk: { S: SUBSCRIBER }, sk: { S: 'subscription#sub_1' } }, SequenceNumber: '1' } }],
  }),
  fallback: () => httpEvent('GET', { path: '/api/nothing' }),
};

/** All but the one that a deployment asks, once: nobody waits for its start. */
export const HANDLERS: readonly HandlerName[] = functionNames.filter((name) => name !== 'members-key');

const json = (body: unknown): Call => ({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

function signed(event: unknown): Call {
  const body = JSON.stringify(event);
  const at = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', KEYS.webhookSecrets[0]).update(`${at}.${body}`).digest('hex');
  return { body, headers: { 'stripe-signature': `t=${at},v1=${signature}` } };
}
