import { createHmac } from 'node:crypto';
import type { HttpEvent } from '../../functions/shared/http.ts';
import { httpEvent } from '../../test/support/http-event.ts';
import { stripeEvent, stripeSubscription } from '../../test/support/subscription.ts';
import { WEBHOOK_SECRET } from './outside.ts';

/** The header by which Stripe says that it sent this body, and when. */
export function signatureOf(body: string, seconds = Math.floor(Date.now() / 1000)): string {
  const signature = createHmac('sha256', WEBHOOK_SECRET).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${signature}`;
}

/** An event as Stripe posts it: JSON with line breaks. */
export const bodyOfEvent = (event: unknown): string => JSON.stringify(event, null, 2);

/** What API Gateway makes of a post of Stripe's. */
export const posted = (body: string): HttpEvent =>
  httpEvent('POST', { path: '/webhook', body, headers: { 'stripe-signature': signatureOf(body) } });

/** @param created later than any event before about the same subscription: then it is written from its payload */
export const renewal = (subscriptionId: string, created: number): string =>
  bodyOfEvent(stripeEvent('customer.subscription.updated', stripeSubscription({ id: subscriptionId }), { created }));
