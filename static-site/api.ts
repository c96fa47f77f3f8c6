/** The HTTP API of docs/api.md, as the page calls it. Every failure is thrown as a `Fault`. */
import {
  toAccount,
  toCheckout,
  toConfig,
  toDestination,
  toMembers,
  type Account,
  type Checkout,
  type Config,
  type Destination,
  type Members,
} from './contract.ts';
import { Fault } from './faults.ts';
import { read, type Fields } from './read.ts';

export type PortalFlow = 'payment_method_update' | 'subscription_update' | 'subscription_cancel';

export interface Api {
  readonly config: () => Promise<Config>;
  readonly account: () => Promise<Account>;
  readonly checkout: (plan: string) => Promise<Destination>;
  /** The same for a page that takes payments itself, as views/checkout-here.ts reads it. */
  readonly openCheckout: (plan: string) => Promise<Fields>;
  readonly checkoutSession: (sessionId: string) => Promise<Checkout>;
  /** The billing portal, at its home or where `flow` begins. */
  readonly portal: (flow?: PortalFlow) => Promise<Destination>;
  /** A page of invoices, as invoices.ts reads it: whoever has none does not load that. */
  readonly invoices: (after: string | null) => Promise<Fields>;
  /** What was charged to the saved card, as pay.ts reads it. */
  readonly charges: () => Promise<Fields>;
  readonly payCharge: (charge: string) => Promise<Destination>;
  readonly saveCard: () => Promise<Destination>;
  readonly members: () => Promise<Members>;
}

export interface ApiNeeds {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** The access token; throws a `signed_out` fault when there is none to be had. */
  readonly accessToken: () => Promise<string>;
  /** @default 15 seconds, in milliseconds: longer than the API's own limit, so that its answer wins */
  readonly timeout?: number;
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly signedIn: boolean;
  readonly body?: unknown;
}

export function createApi(needs: ApiNeeds): Api {
  async function call<T>(path: string, { method, signedIn, body }: Call, parse: (body: unknown) => T): Promise<T> {
    const headers = new Headers();
    if (signedIn) headers.set('authorization', `Bearer ${await needs.accessToken()}`);
    if (body !== undefined) headers.set('content-type', 'application/json');
    const signal = AbortSignal.timeout(needs.timeout ?? 15_000);
    const init: RequestInit = { method, headers, signal, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const { response, text } = await exchange(() => needs.fetch(path, init), signal);
    if (!response.ok) throw refusal(response, text);
    return parsed(text, parse);
  }
  const get = <T>(path: string, parse: (body: unknown) => T): Promise<T> =>
    call(path, { method: 'GET', signedIn: true }, parse);
  const posted = <T>(path: string, body: unknown, parse: (body: unknown) => T): Promise<T> =>
    call(path, { method: 'POST', signedIn: true, body }, parse);
  const post = (path: string, body: unknown): Promise<Destination> => posted(path, body, toDestination);
  return {
    config: () => call('/api/config', { method: 'GET', signedIn: false }, toConfig),
    account: () => get('/api/subscription', toAccount),
    checkoutSession: (id) => get(`/api/checkout/${encodeURIComponent(id)}`, toCheckout),
    members: () => get('/api/members', toMembers),
    checkout: (plan) => post('/api/checkout', { plan }),
    openCheckout: (plan) => posted('/api/checkout', { plan }, (body) => read(body, 'checkout')),
    portal: (flow) => post('/api/portal', { flow }),
    charges: () => get('/api/charges', (body) => read(body, 'charges')),
    payCharge: (charge) => post(`/api/charges/${encodeURIComponent(charge)}/pay`, {}),
    saveCard: () => post('/api/checkout', { mode: 'setup' }),
    invoices: (after) => get(`/api/invoices${after ? `?after=${after}` : ''}`, (body) => read(body, 'invoices')),
  };
}

type Exchange = { readonly response: Response; readonly text: string };

async function exchange(send: () => Promise<Response>, limit: AbortSignal): Promise<Exchange> {
  try {
    const response = await send();
    return { response, text: await response.text() };
  } catch (cause) {
    throw new Fault(limit.aborted ? 'timeout' : 'offline', { cause });
  }
}

function parsed<T>(text: string, parse: (body: unknown) => T): T {
  try {
    return parse(JSON.parse(text));
  } catch (cause) {
    throw new Fault('unexpected', { cause });
  }
}

/** API Gateway answers 401 itself, as `{ "message" }`; all else is problem+json, unless something stands in between. */
function refusal(response: Response, text: string): Fault {
  const { status } = response;
  if (status === 401) return new Fault('unauthorized', { status });
  try {
    const problem = read(JSON.parse(text), 'problem');
    const code = problem.textOrNull('code') ?? '';
    const detail = problem.textOrNull('detail') ?? '';
    return new Fault('problem', { status, code, detail, requestId: problem.textOrNull('requestId') ?? '' });
  } catch (cause) {
    return new Fault('problem', { status, cause });
  }
}
