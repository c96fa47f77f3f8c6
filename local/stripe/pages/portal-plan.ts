import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { productName } from '../life/invoice-lines.ts';
import { formatMoney, formatPrice } from '../life/money.ts';
import { applyChange, type PlanChange, type Proposal, proposeChange } from '../life/plan-change.ts';
import { firstItem } from '../life/references.ts';
import { type PageAnswer, page, type PageRequest, seeOther } from './answers.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { notFound } from './not-found.ts';
import type { Visit } from './portal-visit.ts';

/** The prices that the configuration lets this subscription change to; the present one is not among them. */
export function pricesOffered(work: Work, visit: Visit, subscription: Stripe.Subscription): Stripe.Price[] {
  const { enabled, default_allowed_updates: allowed } = visit.configuration.features.subscription_update;
  if (!enabled || !allowed.includes('price')) return [];
  const products = work.state.portalProducts.get(visit.configuration.id) ?? [];
  const prices = products.flatMap((product) => product.prices.flatMap((id) => work.state.objects.prices.get(id) ?? []));
  const present = firstItem(subscription).price;
  return prices.filter((price) => price.active && price.id !== present.id && price.currency === present.currency);
}

const named = (work: Work, price: Stripe.Price): string => `${productName(work, price)}, ${formatPrice(price)}`;

function choosePage(work: Work, visit: Visit, subscription: Stripe.Subscription): PageAnswer {
  const prices = pricesOffered(work, visit, subscription);
  const body = html`<h1>Change plan</h1>
    <p>Now: ${named(work, firstItem(subscription).price)}</p>
    <form method="get" action="${visit.home}/${subscription.id}/plan">
      <section>
        <fieldset>
          <legend>New plan</legend>
          ${prices.map(
            (price, index) =>
              html`<label class="choice">
                <input type="radio" name="price" value="${price.id}" ${index === 0 && { html: 'checked' }} />
                ${named(work, price)}
              </label>`,
          )}
        </fieldset>
        <button class="main">Continue</button>
      </section>
    </form>
    <p><a href="${visit.back.href}">${visit.back.label}</a></p>`;
  return page(200, layout({ title: 'Change plan', body }));
}

function consequences(before: Stripe.Subscription, { lines, when, subscription }: Proposal): Html {
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  if (when === 'never') {
    const trial = subscription.status === 'trialing';
    return html`<p>
      Nothing is charged now. ${trial ? 'The trial goes on.' : 'The new price begins with the next period.'}
    </p>`;
  }
  const endsTrial = before.status === 'trialing';
  const heading = when === 'now' ? 'Charged today' : 'On the next invoice';
  return html`${endsTrial && html`<p>The trial ends with the change.</p>`}
    <dl class="amounts">
      ${lines.map(
        (line) =>
          html`<dt>${line.description}</dt>
            <dd>${formatMoney(line.amount, line.currency)}</dd>`,
      )}
      <dt>${heading}</dt>
      <dd><strong>${formatMoney(total, subscription.currency)}</strong></dd>
    </dl>`;
}

function confirmPage(work: Work, visit: Visit, subscription: Stripe.Subscription, change: PlanChange): PageAnswer {
  const proposal = proposeChange(work, subscription, change);
  const body = html`<h1>Change to ${productName(work, change.price)}?</h1>
    <section aria-label="What changes">
      <p>From ${named(work, change.item.price)} to ${named(work, change.price)}.</p>
      ${consequences(subscription, proposal)}
      <form method="post" action="${visit.home}/${subscription.id}/plan" class="row">
        <input type="hidden" name="price" value="${change.price.id}" />
        <button>Confirm</button>
      </form>
    </section>
    <p><a href="${visit.home}/${subscription.id}/plan">Go back</a></p>`;
  return page(200, layout({ title: 'Change plan', body }));
}

function prorationOf({ configuration }: Visit): PlanChange['behavior'] {
  switch (configuration.features.subscription_update.proration_behavior) {
    case 'always_invoice':
      return 'always_invoice';
    case 'none':
      return 'none';
    default:
      return 'create_prorations';
  }
}

/** Chooses, then says what would change, then changes it. */
export function changePlan(
  work: Work,
  visit: Visit,
  subscription: Stripe.Subscription,
  request: PageRequest,
): PageAnswer {
  const offered = pricesOffered(work, visit, subscription);
  const wanted = request.form.get('price');
  if (wanted === null && request.method === 'GET') return choosePage(work, visit, subscription);
  const price = offered.find((candidate) => candidate.id === wanted);
  if (price === undefined) return notFound('This plan is not offered');
  const item = firstItem(subscription);
  const change: PlanChange = {
    item,
    price,
    quantity: item.quantity ?? 1,
    behavior: prorationOf(visit),
    endTrial: visit.configuration.features.subscription_update.trial_update_behavior !== 'continue_trial',
  };
  if (request.method === 'GET') return confirmPage(work, visit, subscription, change);
  applyChange(work, proposeChange(work, subscription, change));
  return seeOther(visit.done);
}
