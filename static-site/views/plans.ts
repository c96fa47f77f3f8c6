/** The plans: a switch for the billing interval, and a card for each product. */
import * as words from '#words/plans';
import { oneMoment } from '#words/page';
import { actionButton } from '../action.ts';
import type { Account, Plan } from '../contract.ts';
import { el } from '../dom.ts';
import type { Format } from '../format.ts';
import { per } from '../format.ts';
import {
  bestYearlySaving,
  buttonLabel,
  firstInterval,
  intervalsOf,
  isCurrent,
  isLive,
  priceFor,
  productsOf,
  trialWords,
  yearlySaving,
  type Product,
} from '../plans.ts';

export interface PlansNeeds {
  readonly plans: readonly Plan[];
  /** Null for those who are not signed in. */
  readonly account: Account | null;
  readonly format: Format;
  readonly choose: (plan: Plan) => Promise<'leaving' | 'done'>;
}

/** The plans, with the heading level that fits around them. */
export function plansSection(needs: PlansNeeds, heading: string): HTMLElement {
  const { plans, account, format } = needs;
  const products = productsOf(plans);
  const intervals = intervalsOf(plans);
  const cards = el('ul', { class: 'cards' });
  const showInterval = (interval: string): void =>
    cards.replaceChildren(...products.map((product) => card(needs, product, interval)));
  const first = firstInterval(plans, account?.subscription?.plan ?? null);
  showInterval(first);
  const best = bestYearlySaving(products);
  const saving = best > 0 ? words.save(format.percent(best)) : null;
  const choice = intervals.length > 1 ? intervalSwitch(intervals, first, saving, showInterval) : null;
  const title = el('h2', { id: 'plans' }, heading);
  return el(
    'section',
    { class: 'plans', 'aria-labelledby': 'plans' },
    el('div', { class: 'plans-head' }, title, choice),
    cards,
  );
}

const intervalNames = new Map(Object.entries(words.intervals));

/** Native radio buttons: arrows, names and state come with them. */
function intervalSwitch(
  intervals: readonly string[],
  first: string,
  saving: string | null,
  choose: (interval: string) => void,
): HTMLElement {
  const options = intervals.flatMap((interval) => {
    const input = el('input', { type: 'radio', name: 'interval', value: interval, id: `interval-${interval}` });
    input.checked = interval === first;
    input.addEventListener('change', () => choose(interval));
    const hint = interval === 'year' && saving ? el('small', {}, ` ${saving}`) : null;
    const name = intervalNames.get(interval) ?? interval;
    return [input, el('label', { for: `interval-${interval}` }, name, hint)];
  });
  const legend = el('legend', { class: 'visually-hidden' }, words.billing);
  return el('fieldset', { class: 'switch' }, legend, ...options);
}

function card(needs: PlansNeeds, product: Product, interval: string): HTMLElement | string {
  const plan = priceFor(product, interval);
  if (!plan) return '';
  const { account } = needs;
  const current = isCurrent(plan, account);
  const recommended = product.highlight && !isLive(account);
  const priceId = `price-${product.id}`;
  const nameId = `plan-${product.id}`;
  return el(
    'li',
    { class: `card ${current ? 'current' : recommended ? 'highlight' : ''}` },
    el('div', {}, heading(product, nameId, recommended), el('p', { class: 'muted' }, product.description)),
    price(plan, product, priceId, needs),
    current
      ? el('p', { class: 'owned' }, words.yourPlan)
      : chooseButton(needs, { plan, product, describedBy: `${nameId} ${priceId}` }),
    features(product),
  );
}

const heading = ({ name }: Product, id: string, recommended: boolean): HTMLElement =>
  el('h3', { id }, name, recommended ? el('span', { class: 'badge strong' }, words.recommended) : null);

function price(plan: Plan, product: Product, id: string, { account, format }: PlansNeeds): HTMLElement {
  const saving = yearlySaving(product, plan);
  const saved = saving > 0 ? words.savesAYear(format.shortMoney(saving, plan.currency)) : '';
  const other = product.prices.find(({ interval }) => interval !== plan.interval);
  const instead =
    other && saving === 0
      ? words.orPrice(`${format.shortMoney(other.amount, other.currency)} ${per(other.interval)}`)
      : '';
  const amount = el('strong', {}, format.shortMoney(plan.amount, plan.currency));
  const gains = [trialWords(plan, account, format), saved].filter(Boolean).join(' · ');
  const between = gains && instead ? ' · ' : '';
  return el(
    'div',
    { class: 'price', id },
    el('p', {}, amount, ' ', el('span', {}, per(plan.interval))),
    el('p', { class: 'gains' }, el('strong', {}, gains), between, instead),
  );
}

const features = (product: Product): HTMLElement =>
  el('ul', { class: 'features' }, ...product.features.map((feature) => el('li', {}, feature)));

interface Choice {
  readonly plan: Plan;
  readonly product: Product;
  /** The ids of the plan's name and price. */
  readonly describedBy: string;
}

const chooseButton = (needs: PlansNeeds, { plan, product, describedBy }: Choice): HTMLElement =>
  actionButton({
    label: buttonLabel(plan, needs.account),
    busy: oneMoment,
    look: isFirstChoice(needs, product) ? 'button' : 'button quiet',
    describedBy,
    run: () => needs.choose(plan),
  });

/** A subscriber's first button is the one that manages what there is; else the recommended plan's, where there is one. */
const isFirstChoice = ({ plans, account }: PlansNeeds, { highlight }: Product): boolean =>
  !isLive(account) && (highlight || !plans.some((plan) => plan.highlight));
