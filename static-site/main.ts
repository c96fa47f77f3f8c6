/** Composes the page: one document for `/`, `/checkout`, `/success`, `/cancel` and `/pay`. */
import * as headerWords from '#words/header';
import { signingIn, signingInTitle } from '#words/home';
import { oneMoment, signIn as signInTitle } from '#words/page';
import { createApi } from './api.ts';
import { el, required } from './dom.ts';
import { asFault } from './faults.ts';
import { createFormat, localesOf } from './format.ts';
import { faultParts, showIn, waiting, type Page } from './page.ts';
import { linkLanguages, rememberLanguage } from './languages.ts';
import { later } from './later.ts';
import { createSignIn, isReturn, type Provider, type Returned } from './sign-in.ts';
import { remembered, tabStore } from './tab.ts';
import { headerParts } from './views/header.ts';
import { home } from './views/home.ts';
import { resumeCheckout } from './views/resume.ts';

export * from './kit.ts';

const tabs = new BroadcastChannel('sign-out');
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches its own origin only
const tellTabs = (email: string | null): void => tabs.postMessage(email);
const leaveFor = (url: string): void => location.assign(url);

function createPage(): Page {
  const brand = document.title;
  const main = required('main');
  const said = required('announce');
  const api = createApi({ fetch: (url, init) => fetch(url, init), accessToken: () => signIn.accessToken() });
  const configOnce = remembered(api.config);
  const provider = async (): Promise<Provider> => {
    const [{ signIn: settings }, { createProvider }] = await Promise.all([
      configOnce(),
      later(import('./provider.ts')),
    ]);
    return createProvider(settings, Date.now);
  };
  const signIn = createSignIn({
    provider,
    store: tabStore(),
    origin: location.origin,
    leaveFor,
    tellTabs,
    now: Date.now,
  });
  return {
    api: { ...api, config: configOnce },
    signIn,
    format: createFormat({ locales: localesOf(document.documentElement.lang, navigator.languages) }),
    show: (view) => showIn(main, brand, view),
    announce: (news) => said.replaceChildren(news),
    leaveFor,
    here: () => location.pathname + location.search,
  };
}

async function start(page: Page, cameBack: boolean): Promise<void> {
  const returned = await comeBack(page);
  rememberLanguage();
  linkLanguages();
  required('who').replaceChildren(...headerParts(page));
  void showTestMode(page);
  if (returned?.fault) return showSignInFault(page, returned);
  if (returned?.intent.plan) return resumeCheckout(page, returned.intent.plan);
  await route(page, cameBack);
}

/** Takes the provider's answer out of the address before anything else: a code must not stay in history or a bookmark. */
async function comeBack(page: Page): Promise<Returned | null> {
  const url = new URL(location.href);
  if (!isReturn(url)) return null;
  history.replaceState(null, '', '/');
  page.show({ title: signingInTitle, parts: [waiting(signingIn)] });
  const returned = await page.signIn.finish(url);
  if (returned) history.replaceState(null, '', returned.intent.path);
  return returned;
}

function showSignInFault(page: Page, { fault, intent }: Returned): void {
  if (!fault) return;
  const retry = (): Promise<void> => page.signIn.begin(intent);
  page.show({ title: signInTitle, parts: faultParts(page, { fault, retry, plan: intent.plan }) });
}

async function route(page: Page, cameBack: boolean): Promise<void> {
  const fromPortal = takePortalMark();
  const { pathname, searchParams } = new URL(location.href);
  const seldom = seldomSeen[pathname];
  if (seldom) return showLater(page, async () => (await seldom())(page, searchParams));
  return home(page, { mayHaveChanged: fromPortal || cameBack });
}

type View = (page: Page, query: URLSearchParams) => Promise<void>;

/** Views that most visits do not come to: each is a script of its own. */
const seldomSeen: Readonly<Record<string, () => Promise<View>>> = {
  '/checkout': async () => {
    const { checkoutHere } = await later(import('./views/checkout-here.ts'));
    return (page, query) => checkoutHere({ page, home: (note) => home(page, { note }) }, query);
  },
  '/success': async () => (await later(import('./views/success.ts'))).success,
  '/cancel': async () => (await later(import('./views/cancel.ts'))).cancel,
  '/pay': async () => (await later(import('./views/pay.ts'))).pay,
};

async function showLater(page: Page, show: () => Promise<void>): Promise<void> {
  page.show({ title: '', parts: [waiting(oneMoment)] });
  try {
    await show();
  } catch (thrown) {
    const retry = (): Promise<void> => showLater(page, show);
    page.show({ title: '', parts: faultParts(page, { fault: asFault(thrown), retry }) });
  }
}

/** The mark of the portal's return address: of use once, and nothing for a bookmark. */
function takePortalMark(): boolean {
  const url = new URL(location.href);
  if (!url.searchParams.has('portal')) return false;
  url.searchParams.delete('portal');
  history.replaceState(null, '', url.pathname + url.search);
  return true;
}

/** Whether the browser's back button led here: from Stripe's pages, as like as not. */
const byBackButton = (): boolean =>
  performance
    .getEntriesByType('navigation')
    .some((entry) => entry instanceof PerformanceNavigationTiming && entry.type === 'back_forward');

/** The note is a courtesy: without a configuration the view itself says what is wrong. */
async function showTestMode(page: Page): Promise<void> {
  const config = await page.api.config().catch(() => null);
  const number = el('span', {}, '4242 4242 4242 4242');
  const words = el('p', {}, headerWords.testModeBefore, number, headerWords.testModeAfter);
  required('test-mode').replaceChildren(config?.testMode ? words : '');
}

const page = createPage();
// Back from Checkout or sign-in, a browser may bring the old page to life with its busy buttons and old facts.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) void start(page, true);
});
tabs.addEventListener('message', ({ data }) => {
  if (page.signIn.follow(data)) void start(page, false);
});
void start(page, byBackButton());
