/** Back from Checkout: asks the API until the record says so, and says what it waits for. */
import type { Checkout, Plan } from '../contract.ts';
import { actionButton } from '../action.ts';
import { el, linkButton } from '../dom.ts';
import { asFault, isPassing } from '../faults.ts';
import { faultParts, signedIn, waiting, type Page } from '../page.ts';
import { progressOf, waitAfter, type Progress } from '../progress.ts';
import { describe } from '../status.ts';

export async function success(page: Page, sessionId: string | null, focus = false): Promise<void> {
  if (!sessionId) return showOutcome(page, outcomes.not_finished, focus);
  page.show({ title: 'Confirming', parts: [waiting('Confirming your subscription with Stripe…')] });
  const retry = (): Promise<void> => success(page, sessionId, true);
  try {
    const settled = await settle(page, sessionId);
    if (settled === 'leaving') return;
    const { progress, checkout } = settled;
    if (progress === 'subscribed') return showSubscribed(page, checkout, await plansIfAny(page), focus);
    showOutcome(page, outcomes[progress], focus, progress === 'expired' ? null : retry);
  } catch (thrown) {
    page.show({ title: 'Checkout', parts: faultParts(page, { fault: asFault(thrown), retry }), focus });
  }
}

type Settled = { readonly progress: Exclude<Progress, 'wait'>; readonly checkout: Checkout };

async function settle(page: Page, sessionId: string): Promise<Settled | 'leaving'> {
  for (let answers = 1; ; answers += 1) {
    const checkout = await askPatiently(page, sessionId, waitAfter(answers));
    if (checkout === 'leaving') return 'leaving';
    const progress = checkout === 'no answer' ? 'wait' : progressOf(checkout, answers);
    if (checkout !== 'no answer' && progress !== 'wait') return { progress, checkout };
    if (answers === 2) page.announce('Still confirming. This usually takes a few seconds.');
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
  const words = describe(checkout, plans, page.format);
  const title = 'You have successfully subscribed!';
  const facts =
    words && el('p', { class: 'plan-name' }, words.plan, words.price ? el('span', {}, ` ${words.price}`) : null);
  const status = words && el('p', {}, el('span', { class: `badge ${words.tone}` }, words.label), ' ', words.sentence);
  const on = el('div', { class: 'actions' }, linkButton('Start reading', '/'));
  const mark = el('p', { class: 'mark', 'aria-hidden': 'true' }, '✓');
  page.show({
    title: 'Subscribed',
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
  payment_on_its_way: {
    title: 'Your payment is on its way',
    text: 'Your bank takes a while to confirm this way of paying. Your access opens by itself when the money arrives; there is nothing more to do.',
  },
  taking_long: {
    title: 'This takes longer than usual',
    text: 'Your payment went through, and you need not pay again. We are still waiting for the confirmation.',
  },
  not_finished: {
    title: 'This checkout is not finished',
    text: 'Nothing was charged. You can choose your plan again.',
  },
  expired: {
    title: 'This checkout has expired',
    text: 'Nothing was charged. Choose your plan again to start a new one.',
  },
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
      label: 'Check again',
      busy: 'Checking…',
      run: async () => {
        await retry();
        return 'leaving';
      },
    });
  const ways = el(
    'div',
    { class: 'actions' },
    again,
    linkButton('Back to plans', '/', again ? 'button quiet' : 'button'),
  );
  page.show({
    title,
    parts: [el('section', { class: 'notice' }, el('h1', {}, title), el('p', {}, text), ways)],
    focus,
  });
  page.announce(title);
}
