/** What a test says about the servers behind the page. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Account, Checkout, Config, Subscription } from '../../static-site/contract.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** 15 June 2026, noon UTC: a day that is the same day in every time zone a test may run in. */
export const june15 = 1_781_524_800;

const usd = { currency: 'usd' };
const starter = {
  ...usd,
  product: 'starter',
  name: 'Starter',
  description: 'For one person who wants the essentials.',
  features: ['Every article in the library', 'A new issue each week', 'Cancel any time'],
  highlight: false,
  trialDays: 0,
};
const pro = {
  ...usd,
  product: 'pro',
  name: 'Pro',
  description: 'For those who want all of it, with a trial first.',
  features: ['Everything in Starter', 'The full archive', 'Monthly workshops', 'A quiet reading room'],
  highlight: true,
  trialDays: 14,
};

export const plans: Config['plans'] = [
  { ...starter, lookupKey: 'starter_monthly', amount: 900, interval: 'month' },
  { ...starter, lookupKey: 'starter_yearly', amount: 9000, interval: 'year' },
  { ...pro, lookupKey: 'pro_monthly', amount: 2900, interval: 'month' },
  { ...pro, lookupKey: 'pro_yearly', amount: 29_000, interval: 'year' },
];

/** Good for years after the days that tests are about, unless said otherwise. */
export const card = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  brand: 'visa',
  last4: '4242',
  expMonth: 12,
  expYear: 2029,
  ...over,
});

export const noSubscription: Account = {
  access: { allowed: false, reason: 'no_subscription', until: null },
  subscription: null,
  trialAvailable: true,
  customer: false,
};

export const subscription = (over: Partial<Subscription> = {}): Subscription => ({
  status: 'active',
  plan: 'pro_monthly',
  quantity: 1,
  amount: 2900,
  currency: 'usd',
  interval: 'month',
  currentPeriodEnd: june15,
  cancelAt: null,
  endedAt: null,
  endedBecause: null,
  collectionPaused: null,
  collectionResumesAt: null,
  hasPaymentMethod: true,
  trialEnd: null,
  ...over,
});

/** A customer's account, for the given reason code. */
export const accountFor = (reason: string, over: Partial<Subscription> = {}, until: number | null = null): Account => ({
  access: { allowed: ['active', 'trialing', 'canceling', 'past_due_grace'].includes(reason), reason, until },
  subscription: subscription(over),
  trialAvailable: false,
  customer: true,
});

/** A paid one of this month, unless said otherwise. */
export const invoice = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'in_1',
  number: 'A1B2C3-0001',
  created: june15 - 31 * 86_400,
  total: 2900,
  amountDue: 0,
  currency: 'usd',
  status: 'paid',
  refunded: 0,
  disputed: false,
  actionRequired: false,
  processing: false,
  nextAttempt: null,
  hostedUrl: 'https://invoice.example/i/1',
  pdfUrl: 'https://invoice.example/i/1/pdf',
  ...over,
});

export const charge = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'fee',
  amount: 500,
  currency: 'usd',
  description: 'The fee',
  status: 'succeeded',
  declineCode: null,
  at: june15,
  payable: false,
  ...over,
});

export const checkoutOf = (account: Account, status = 'complete', paymentStatus = 'paid'): Checkout => ({
  ...account,
  mode: 'subscription',
  status,
  paymentStatus,
});

export const ok = (body: unknown): Answer => ({ status: 200, body });

export const problem = (status: number, code: string, detail: string): Answer => ({
  status,
  body: { type: 'about:blank', title: 'Problem', status, code, detail, requestId: 'req-1' },
});

/** Listens on a free port of 127.0.0.1. */
export async function listen(handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>) {
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port: address.port, close };
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}
