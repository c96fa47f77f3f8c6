import type Stripe from 'stripe';
import type { State } from '../../core/state.ts';
import { formatMoney } from '../../life/money.ts';
import { idOf, isLive, subscriptionOf } from '../../life/references.ts';
import { clockOf } from '../../life/test-clocks.ts';
import { type Html, html } from '../html.ts';
import { simButton } from './buttons.ts';
import { nextOf } from './time-line/life.ts';
import { isoOf, timeOf } from './times.ts';

/** Something that will happen of itself. */
export interface Coming {
  /** Whole seconds. */
  readonly at: number;
  readonly words: string;
}

const named = ({ number }: Stripe.Invoice): string => (number === null ? 'the draft' : `invoice ${number}`);

const PAUSED = 'The draft is dealt with as the paused collection says';

function ofInvoice(state: State, invoice: Stripe.Invoice): Coming[] {
  const amount = formatMoney(invoice.amount_remaining, invoice.currency);
  const { automatically_finalizes_at: finalizes, next_payment_attempt: retry } = invoice;
  if (invoice.status === 'draft' && finalizes !== null) {
    const kept = subscriptionOf(state, invoice)?.pause_collection ?? null;
    return [{ at: finalizes, words: kept === null ? `${amount} of ${named(invoice)} is charged` : PAUSED }];
  }
  if (invoice.status !== 'open' || retry === null) return [];
  return [{ at: retry, words: `Attempt ${invoice.attempt_count + 1} to charge ${amount} of ${named(invoice)}` }];
}

function ofSubscription(subscription: Stripe.Subscription): Coming[] {
  if (!isLive(subscription)) return [];
  const next = nextOf(subscription);
  const after = subscription.status === 'trialing' ? 'The trial ends, and the first paid period begins' : 'Next period';
  const resumes = subscription.pause_collection?.resumes_at ?? null;
  return [
    ...(next === null ? [] : [{ at: next.at, words: next.ends ? 'The subscription ends' : after }]),
    ...(resumes === null ? [] : [{ at: resumes, words: 'Collection goes on' }]),
  ];
}

/** Payments by bank, which take days. */
function settlementsOf(state: State, own: (of: Owned) => boolean): Coming[] {
  return [...state.settlements].flatMap(([id, at]) => {
    const intent = state.objects.paymentIntents.get(id);
    if (intent === undefined || !own(intent)) return [];
    return [{ at, words: `The bank says whether ${formatMoney(intent.amount, intent.currency)} came` }];
  });
}

type Owned = Pick<Stripe.Invoice, 'customer'>;

/** What lies ahead of a customer if nobody does anything, soonest first. */
export function comingFor(state: State, customer: string): Coming[] {
  const { invoices, subscriptions } = state.objects;
  const own = ({ customer: of }: Owned): boolean => of !== null && idOf(of) === customer;
  return [
    ...[...invoices.values()].filter(own).flatMap((invoice) => ofInvoice(state, invoice)),
    ...[...subscriptions.values()].filter(own).flatMap(ofSubscription),
    ...settlementsOf(state, own),
  ].toSorted((a, b) => a.at - b.at);
}

const goThere = ({ at, words }: Coming): Html =>
  simButton({ label: 'Go there', about: words, path: '/_sim/clock', body: { until: at }, doing: 'Time passes' });

const row = (coming: Coming, goes: boolean): Html =>
  html`<li>
    <span><time datetime="${isoOf(coming.at)}">${timeOf(coming.at)}</time> ${coming.words}</span>
    ${goes && goThere(coming)}
  </li>`;

const testClockNote = ({ id, frozen_time: now }: Stripe.TestHelpers.TestClock): Html =>
  html`<p>
    For this customer it is ${timeOf(now)}, by a test clock. It is moved by POST /v1/test_helpers/test_clocks/<wbr />${id}/advance.
  </p>`;

/** With a way to go to each, where time is the account's. @param now what falls due at this very moment needs no going to */
export function comingSection(state: State, customer: string, now: number): Html {
  const clock = clockOf(state, [customer]);
  const coming = comingFor(state, customer).filter(({ at }) => at > now);
  return html`<section id="part-coming" aria-labelledby="coming">
    <h2 id="coming">What comes next</h2>
    ${clock !== undefined && testClockNote(clock)}
    ${
      coming.length === 0
        ? html`<p>Nothing, of itself.</p>`
        : html`<ul class="lines">
            ${coming.map((one) => row(one, clock === undefined))}
          </ul>`
    }
  </section>`;
}
