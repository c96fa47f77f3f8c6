/** The page as it is shipped, before servers that a test can tell what to answer. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { listFiles } from '../../lib/bundle/files.ts';
import { buildPage } from '../../lib/bundle/page.ts';
import { onceARun } from '../support/once.ts';
import { pathsOf } from './edge.ts';
import { startProvider, type FakeProvider } from './provider.ts';
import { bodyOf, card, invoice, listen, noSubscription, ok, plans, type Answer } from './world.ts';

export interface Recorded {
  readonly route: string;
  readonly body: string;
  readonly authorization: string;
}

export interface Site {
  readonly origin: string;
  readonly provider: FakeProvider;
  /** By method and path, e.g. `GET /api/config`; a list is answered in turn, its last answer for ever. */
  readonly answers: Map<string, Answer | readonly Answer[]>;
  readonly requests: Recorded[];
  /** Whose Stripe.js the page may load, by origin: nobody's, as with Stripe's hosted page, unless a test says so. */
  readonly stripe: { origin: string | null };
  readonly close: () => Promise<void>;
}

const types = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.css', 'text/css'],
  ['.svg', 'image/svg+xml'],
  ['.js', 'text/javascript'],
]);

const source = join(import.meta.dirname, '../../static-site');

/** The page alone: its tests need no functions. */
const builtPage = (): Promise<string> =>
  onceARun('page', async (out) => {
    await buildPage({ source, out });
  });

/** What a browser downloads: path, content type and bytes. */
export async function shippedFiles(): Promise<Map<string, { type: string; bytes: Uint8Array }>> {
  const page = await builtPage();
  const files = listFiles(page).map(async (path) => {
    const bytes = await readFile(join(page, path));
    return [path, { type: types.get(extname(path)) ?? '', bytes }] as const;
  });
  return new Map(await Promise.all(files));
}

export const gzipped = (bytes: Uint8Array): number => gzipSync(bytes, { level: 9 }).length;

/** Starts the page's server and its provider. */
export async function startSite(): Promise<Site> {
  const files = await shippedFiles();
  const pathOf = pathsOf(await builtPage());
  const provider = await startProvider();
  const site: Omit<Site, 'origin' | 'close'> = { provider, answers: new Map(), requests: [], stripe: { origin: null } };
  standardAnswers(site.answers, provider.issuer);
  const server = await listen(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const asFile = files.get(pathOf(request) ?? '');
    if (asFile) {
      const security = policy(provider.issuer, site.stripe.origin);
      response.writeHead(200, { 'content-type': asFile.type, 'content-security-policy': security });
      response.end(asFile.bytes);
      return;
    }
    const route = `${request.method} ${pathname}`;
    const authorization = request.headers.authorization ?? '';
    site.requests.push({ route, body: await bodyOf(request), authorization });
    const { status, body } = next(site.answers, route);
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
  });
  const close = async (): Promise<void> => {
    await Promise.all([server.close(), provider.close()]);
  };
  return { ...site, origin: `http://localhost:${server.port}`, close };
}

function next(answers: Site['answers'], route: string): Answer {
  const set = answers.get(route) ?? { status: 404, body: { code: 'not_found' } };
  if ('status' in set) return set;
  const [first, ...rest] = set;
  if (rest.length > 0) answers.set(route, rest);
  return first ?? { status: 500, body: {} };
}

/** A visitor without a subscription; a test overrides what it is about. */
export function standardAnswers(answers: Site['answers'], issuer: string): void {
  answers.clear();
  const signIn = { issuer, clientId: 'page', scope: 'openid email' };
  answers.set('GET /api/config', ok({ publishableKey: 'pk_test_1', testMode: true, signIn, plans }));
  answers.set('GET /api/subscription', ok(noSubscription));
  answers.set('POST /api/checkout', ok({ url: `${issuer}/stripe-checkout`, kind: 'checkout' }));
  answers.set('POST /api/portal', ok({ url: `${issuer}/stripe-portal` }));
  answers.set('GET /api/members', ok(members));
  answers.set('GET /api/charges', ok({ charges: [] }));
  answers.set('GET /api/invoices', ok({ invoices: [invoice()], next: null, card: card() }));
}

const members = {
  language: 'en',
  title: 'The library',
  articles: [
    {
      title: 'On keeping a commonplace book',
      body: 'Write down what you would be sorry to forget.\n\nThen read it again.',
    },
    { title: 'A short history of the tide table', body: 'Long before there were clocks there were tides.' },
  ],
  files: [{ title: 'A chart of the harbour', about: 'A drawing to print', path: '/members/chart.svg' }],
};

/** As strict as the one that CloudFront sends. */
const policy = (issuer: string, stripe: string | null): string =>
  [
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; require-trusted-types-for 'script'",
    `script-src 'self' ${stripe ?? ''}`,
    `connect-src 'self' ${issuer} ${stripe ?? ''}`,
    `frame-src ${stripe ?? "'none'"}`,
    `trusted-types ${stripe === null ? "'none'" : 'default'}`,
  ].join('; ');
