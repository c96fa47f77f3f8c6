import type { Work } from '../core/work.ts';
import { isLive } from '../life/references.ts';
import { type PageAnswer, page, type PageRequest } from './answers.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import { notFound } from './not-found.ts';
import { cancel, confirmCancel, keep } from './portal-cancel.ts';
import { updateCard } from './portal-card.ts';
import { portalHome } from './portal-home.ts';
import { changePlan } from './portal-plan.ts';
import { type Visit, visitOf } from './portal-visit.ts';

const expiredPage = (): PageAnswer => {
  const body = html`<h1>This page has expired</h1>
    <p>Open the billing portal again from the shop.</p>`;
  return page(410, layout({ title: 'Expired', body }));
};

function act(work: Work, visit: Visit, request: PageRequest): PageAnswer {
  const [, id, action] = request.path;
  const subscription = visit.subscriptions.find((one) => one.id === id && isLive(one));
  if (subscription === undefined) return notFound('There is no such subscription');
  const mayCancel = visit.configuration.features.subscription_cancel.enabled;
  const posted = request.method === 'POST';
  if (action === 'cancel' && mayCancel) {
    return posted ? cancel(work, visit, subscription) : confirmCancel(work, visit, subscription);
  }
  if (action === 'keep' && mayCancel && posted) return keep(work, visit, subscription);
  if (action === 'card' && visit.configuration.features.payment_method_update.enabled) {
    return updateCard(work, visit, subscription, request);
  }
  if (action === 'plan') return changePlan(work, visit, subscription, request);
  return notFound();
}

/** `/p/session/<token>`: the billing portal; below it, `/<subscription>/cancel`, `/keep`, `/plan` and `/card`. */
export function portalPage(work: Work, request: PageRequest): PageAnswer {
  const visit = visitOf(work, request.path[0] ?? '');
  if (visit === 'unknown') return notFound('There is no such portal session');
  if (visit === 'expired') return expiredPage();
  if (request.path.length === 1) return page(200, portalHome(work, visit));
  return request.path.length === 3 ? act(work, visit, request) : notFound();
}
