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

const donePage = ({ back, message }: Visit): PageAnswer => {
  const body = html`<h1>Done</h1>
    <p>${message ?? 'Your changes are saved.'}</p>
    <p><a href="${back.href}">${back.label}</a></p>`;
  return page(200, layout({ title: 'Done', body }));
};

function answered(work: Work, visit: Visit, request: PageRequest): PageAnswer {
  const [, first, ...rest] = request.path;
  if (first === undefined) return page(200, portalHome(work, visit));
  if (rest.length === 1) return act(work, visit, request);
  if (rest.length > 1) return notFound();
  if (first === 'done') return donePage(visit);
  const mayUpdate = visit.configuration.features.payment_method_update.enabled;
  return first === 'card' && mayUpdate ? updateCard(work, visit, null, request) : notFound();
}

/** A flow may end at the shop: the page's form must be allowed to lead there. */
const mayLeadTo = (answer: PageAnswer, { done }: Visit): PageAnswer =>
  'page' in answer && URL.canParse(done) ? { ...answer, formTo: new URL(done).origin } : answer;

/**
 * `/p/session/<token>`: the billing portal; below it, `/<subscription>/cancel`, `/keep`, `/plan` and `/card`, `/card` for
 * the customer's default, and `/done` after a flow.
 */
export function portalPage(work: Work, request: PageRequest): PageAnswer {
  const visit = visitOf(work, request.path[0] ?? '');
  if (visit === 'unknown') return notFound('There is no such portal session');
  if (visit === 'expired') return expiredPage();
  return mayLeadTo(answered(work, visit, request), visit);
}
