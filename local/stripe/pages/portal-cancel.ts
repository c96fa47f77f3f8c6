import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { endSubscription, scheduledToEnd, takenBack } from '../life/ending.ts';
import { productName } from '../life/invoice-lines.ts';
import { formatDate } from '../life/money.ts';
import { firstItem, periodEnd } from '../life/references.ts';
import { type PageAnswer, page, seeOther } from './answers.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import type { Visit } from './portal-visit.ts';

const UPDATED = 'customer.subscription.updated';

/** Asks once more, saying when access would end. */
export function confirmCancel(work: Work, visit: Visit, subscription: Stripe.Subscription): PageAnswer {
  const atOnce = visit.configuration.features.subscription_cancel.mode === 'immediately';
  const name = productName(work, firstItem(subscription).price);
  const when = atOnce ? 'at once' : `on ${formatDate(periodEnd(subscription))}`;
  const body = html`<h1>Cancel ${name}?</h1>
    <section aria-label="What happens">
      <p>The subscription ends ${when}. Nothing is charged any more.</p>
      ${!atOnce && html`<p>Until then it stays as it is, and the cancellation can be taken back.</p>`}
      <div class="row">
        <form method="post"><button>Cancel subscription</button></form>
      </div>
    </section>
    <p><a href="${visit.back.href}">${visit.back.label}</a></p>`;
  return page(200, layout({ title: 'Cancel subscription', body }));
}

/** At the end of the period, or at once, as the configuration says. */
export function cancel(work: Work, visit: Visit, subscription: Stripe.Subscription): PageAnswer {
  if (visit.configuration.features.subscription_cancel.mode === 'immediately') {
    endSubscription(work, subscription, 'cancellation_requested');
  } else if (subscription.cancel_at === null) {
    work.save('subscriptions', scheduledToEnd(subscription, periodEnd(subscription), work.now), UPDATED);
  }
  return seeOther(visit.done);
}

export function keep(work: Work, visit: Visit, subscription: Stripe.Subscription): PageAnswer {
  if (subscription.cancel_at !== null) work.save('subscriptions', takenBack(subscription), UPDATED);
  return seeOther(visit.home);
}
