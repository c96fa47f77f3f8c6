/** Back from Checkout: asks the API until the record says so, and says what it waits for. */
import * as words from '#words/checkout';
import { backToPlans, checkAgain, checking } from '#words/page';
import type { Checkout, Plan } from '../contract.ts';
import { actionButton, asFault, el, faultParts, isPassing, linkButton, signedIn, waiting } from '../kit.ts';
import type { Page } from '../page.ts';
import { progressOf, waitAfter, type Progress } from '../progress.ts';
import { describe } from '../status.ts';

export const success = (page: Page, query: URLSearchParams): Promise<void> => settle(page, query.get('session_id'));

async function settle(page: Page, sessionId: string | null, focus = false): Promise<void> {
  if (!sessionId) return showOutcome(page, outcomes.not_finished, focus);
  page.show({ title: words.confirmingTitle, parts: [waiting(words.confirming)] });
  const retry = (): Promise<void> => settle(page, sessionId, true);
  try {
    const settled = await answersOf(page, sessionId);
    if (settled === 'leaving') return;
    const { progress, checkout } = settled;
    if (progress === 'subscribed') return showSubscribed(page, checkout, await plansIfAny(page), focus);
    showOutcome(page, outcomes[progress], focus, progress === 'expired' ? null : retry);
  } catch (thrown) {
    page.show({ title: words.checkout, parts: faultParts(page, { fault: asFault(thrown), retry }), focus });
  }
}

type Settled = { readonly progress: Exclude<Progress, 'wait'>; readonly checkout: Checkout };

async function answersOf(page: Page, sessionId: string): Promise<Settled | 'leaving'> {
  for (let answers = 1; ; answers += 1) {
    const checkout = await askPatiently(page, sessionId, waitAfter(answers));
    if (checkout === 'leaving') return 'leaving';
    const progress = checkout === 'no answer' ? 'wait' : progressOf(checkout, answers);
    if (checkout !== 'no answer' && progress !== 'wait') return { progress, checkout };
    if (answers === 2) page.announce(words.stillConfirming);
    await new Promise((resolve) => setTimeout(resolve, waitAfter(answers)));
  }
}

/** A passing fault is worth another try while there is time left for one. */
async function askPatiently(
  page: Page,
  sessionId: string,
  wait: number | undefined,
): Promise<Checkout | 'leaving' | 'no answer'> {
  try {
    return (await signedIn(page, null, () => page.api.checkoutSession(sessionId))) ?? 'leaving';
  } catch (thrown) {
    if (wait === undefined || !isPassing(asFault(thrown))) throw thrown;
    return 'no answer';
  }
}

/** For the plan's name only: good news does not wait for it. */
const plansIfAny = async (page: Page): Promise<readonly Plan[]> =>
  page.api.config().then(
    ({ plans }) => plans,
    () => [],
  );

function showSubscribed(page: Page, checkout: Checkout, plans: readonly Plan[], focus: boolean): void {
  const state = describe(checkout, plans, page.format);
  const title = words.subscribed;
  const facts =
    state && el('p', { class: 'plan-name' }, state.plan, state.price ? el('span', {}, ` ${state.price}`) : null);
  const status = state && el('p', {}, el('span', { class: `badge ${state.tone}` }, state.label), ' ', state.sentence);
  const on = el('div', { class: 'actions' }, linkButton(words.startReading, '/'));
  const mark = el('p', { class: 'mark', 'aria-hidden': 'true' }, '✓');
  page.show({
    title: words.subscribedTitle,
    parts: [el('section', { class: 'notice' }, mark, el('h1', {}, title), facts, status, on)],
    focus,
  });
  page.announce(title);
}

interface Outcome {
  readonly title: string;
  readonly text: string;
}

const outcomes: Record<Exclude<Progress, 'wait' | 'subscribed'>, Outcome> = {
  payment_on_its_way: words.onItsWay,
  taking_long: words.takingLong,
  not_finished: words.notFinished,
  expired: words.expired,
};

function showOutcome(
  page: Page,
  { title, text }: Outcome,
  focus: boolean,
  retry: (() => Promise<void>) | null = null,
): void {
  const again =
    retry &&
    actionButton({
      label: checkAgain,
      busy: checking,
      run: async () => {
        await retry();
        return 'leaving';
      },
    });
  const ways = el('div', { class: 'actions' }, again, linkButton(backToPlans, '/', again ? 'button quiet' : 'button'));
  page.show({
    title,
    parts: [el('section', { class: 'notice' }, el('h1', {}, title), el('p', {}, text), ways)],
    focus,
  });
  page.announce(title);
}
