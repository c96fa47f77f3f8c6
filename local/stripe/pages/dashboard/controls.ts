import { type Html, html } from '../html.ts';
import { addMonths } from '../../life/periods.ts';
import { isLive, periodEnd } from '../../life/references.ts';
import { renews } from '../../life/renewing.ts';
import type Stripe from 'stripe';
import { simButton } from './buttons.ts';
import type { Desk } from './desk.ts';
import { dateOf, isoOf, timeOf } from './times.ts';

const HOUR = 60 * 60;
const DAY = 24 * HOUR;

/** When the next of these renews in the account's time, and is charged an hour later; null when none will. */
function nextRenewal(subscriptions: readonly Stripe.Subscription[]): number | null {
  const renewing = subscriptions.filter(
    (one) => isLive(one) && renews(one) && one.cancel_at === null && one.test_clock === null,
  );
  return renewing.length === 0 ? null : Math.min(...renewing.map(periodEnd));
}

/** `3 days ahead of this machine's clock`. */
function aheadWords(ahead: number): string {
  const days = Math.floor(ahead / DAY);
  if (ahead === 0) return 'as on this machine';
  if (days === 0) return `${Math.ceil(ahead / HOUR)} h ahead of this machine`;
  return `${days} ${days === 1 ? 'day' : 'days'} ahead of this machine`;
}

const toRenewal = (at: number): Html =>
  simButton({
    label: `To the next renewal, ${dateOf(at)}`,
    path: '/_sim/clock',
    body: { until: at + HOUR },
    doing: 'Going to the next renewal, and to its payment an hour later',
  });

function clock({ work, ahead }: Desk, subscriptions: readonly Stripe.Subscription[]): Html {
  const { accountNow: now } = work;
  const renewal = nextRenewal(subscriptions);
  return html`<div class="control">
    <h2 id="time">Time</h2>
    <p>
      <time id="clock" datetime="${isoOf(now)}">${timeOf(now)}</time> UTC <span class="note">${aheadWords(ahead)}</span>
    </p>
    <div class="row">
      ${simButton({ label: 'A day', path: '/_sim/clock', body: { advance: DAY }, doing: 'A day passes' })}
      ${simButton({
        label: 'A month',
        path: '/_sim/clock',
        body: { advance: addMonths(now, 1) - now },
        doing: 'A month passes',
      })}
      ${renewal !== null && toRenewal(renewal)}
    </div>
  </div>`;
}

const decline = (label: string, declineNextCharges: number): Html =>
  simButton({ label, path: '/_sim/settings', body: { declineNextCharges }, doing: 'Telling the bank' });

/** The account's, whoever pays next. */
function bank({ work }: Desk): Html {
  const count = work.state.settings.declineNextCharges;
  return html`<div class="control">
    <h2>Bank</h2>
    <p>
      ${
        count === 0
          ? 'Charges are judged by their card.'
          : `The next ${count === 1 ? 'charge' : `${count} charges`} will be declined.`
      }
    </p>
    <div class="row">
      ${decline('Decline the next payment', count + 1)} ${count > 0 && decline('Decline nothing', 0)}
    </div>
  </div>`;
}

const delivery = (label: string, mode: 'hold' | 'normal', doing: string): Html =>
  simButton({ label, path: '/_sim/delivery', body: { mode }, doing });

function webhooks({ held }: Desk): Html {
  return html`<div class="control">
    <h2>Webhooks</h2>
    <p>${held === null ? 'Delivered as they come.' : `Held back: ${held.length}.`}</p>
    <div class="row">
      ${
        held === null
          ? delivery('Hold webhooks', 'hold', 'Holding webhooks back')
          : delivery('Let them go', 'normal', 'Delivering what was held')
      }
    </div>
  </div>`;
}

/** What makes time pass and trouble come. @param subscriptions whose renewals are meant */
export const controls = (desk: Desk, subscriptions: readonly Stripe.Subscription[]): Html =>
  html`<section class="controls" id="controls" aria-label="Time and trouble">
    ${clock(desk, subscriptions)} ${bank(desk)} ${webhooks(desk)}
    <noscript><p class="notice">These buttons need JavaScript; docs/sim.md has the same as calls.</p></noscript>
  </section>`;
