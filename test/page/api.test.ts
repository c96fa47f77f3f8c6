import { describe, expect, it } from '@jest/globals';
import { createApi } from '../../static-site/api.ts';
import { asFault, isPassing, wordsFor, type Fault } from '../../static-site/faults.ts';
import { accountFor } from './world.ts';

const answering = (response: () => Promise<Response>) =>
  createApi({ fetch: response, accessToken: async () => 'token-1', timeout: 20 });

const json = (status: number, body: unknown) => async () => new Response(JSON.stringify(body), { status });

async function faultOf(call: Promise<unknown>): Promise<Fault> {
  try {
    await call;
  } catch (thrown) {
    return asFault(thrown);
  }
  throw new Error('no fault');
}

describe('the API as the page calls it', () => {
  it('sends the access token and the plan, and nothing else', async () => {
    const sent: RequestInit[] = [];
    const api = createApi({
      accessToken: async () => 'token-1',
      fetch: async (_url, init) => {
        sent.push(init);
        return Response.json({ url: 'https://checkout.example', kind: 'checkout' });
      },
    });
    await api.checkout('pro_monthly');
    const [request] = sent;
    expect(request?.method).toBe('POST');
    expect(request?.body).toBe('{"plan":"pro_monthly"}');
    expect(Object.fromEntries(new Headers(request?.headers))).toEqual({
      authorization: 'Bearer token-1',
      'content-type': 'application/json',
    });
  });

  it('asks for a session by an escaped id, so that an id cannot reach another route', async () => {
    const urls: string[] = [];
    const api = createApi({
      accessToken: async () => 'token-1',
      fetch: async (url) => {
        urls.push(url);
        return Response.json({ ...accountFor('active'), status: 'complete', paymentStatus: 'paid' });
      },
    });
    await api.checkoutSession('../portal?x');
    expect(urls).toEqual(['/api/checkout/..%2Fportal%3Fx']);
  });

  it('knows the code and the sentence of a problem', async () => {
    const problem = { code: 'not_configured', detail: 'Run the setup.', status: 503, requestId: 'r-1' };
    const fault = await faultOf(answering(json(503, problem)).account());
    expect(fault).toMatchObject({
      kind: 'problem',
      code: 'not_configured',
      detail: 'Run the setup.',
      requestId: 'r-1',
    });
    expect(wordsFor(fault)).toMatchObject({ text: 'Run the setup.', wayOn: 'retry' });
    expect(isPassing(fault)).toBe(false);
  });

  it('takes a refused token for a reason to sign in again', async () => {
    const fault = await faultOf(answering(json(401, { message: 'Unauthorized' })).account());
    expect(fault.kind).toBe('unauthorized');
    expect(wordsFor(fault).wayOn).toBe('sign-in');
  });

  it('gives the reference of a fault of ours, and thinks it will pass', async () => {
    const fault = await faultOf(answering(json(500, { code: 'internal', detail: 'x', requestId: 'r-2' })).account());
    expect(wordsFor(fault).text).toContain('r-2');
    expect(isPassing(fault)).toBe(true);
  });

  it('has words for a gateway that answers with a page of its own', async () => {
    const html = async () => new Response('<h1>Bad gateway</h1>', { status: 502 });
    expect(wordsFor(await faultOf(answering(html).account())).title).toBe('Something went wrong on our side');
  });

  it('tells being offline from waiting too long', async () => {
    const offline = answering(() => Promise.reject(new TypeError('Failed to fetch')));
    expect((await faultOf(offline.account())).kind).toBe('offline');
    const slow = createApi({
      accessToken: async () => 'token-1',
      timeout: 1,
      fetch: (_url, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new DOMException('late', 'TimeoutError')));
        }),
    });
    expect((await faultOf(slow.account())).kind).toBe('timeout');
  });

  it.each([
    ['another shape', { hello: 'world' }],
    ['a field of another type', { ...accountFor('active'), trialAvailable: 'yes' }],
    ['nothing', null],
  ])('refuses an answer with %s', async (_what, body) => {
    expect((await faultOf(answering(json(200, body)).account())).kind).toBe('unexpected');
  });
});
