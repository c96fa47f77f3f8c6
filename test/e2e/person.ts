import type { Local } from '../../bin/local/start.ts';
import { relyingParty } from '../local/cognito/relying-party.ts';

type Json = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Json;
}

/** Somebody who uses the site's API without a browser, with a token of the site's own identity provider. */
export interface Person {
  readonly token: string;
  /** What tells the page who signed in. */
  readonly idToken: string;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
}

export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  const json: unknown = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {};
  return { status: response.status, headers: response.headers, json: { ...(json as Json) } };
}

export async function signIn(
  { endpoints }: { endpoints: Pick<Local['endpoints'], 'site'> },
  email: string,
): Promise<Person> {
  const config = await ask(`${endpoints.site}/api/config`);
  const { issuer, clientId } = config.json['signIn'] as { issuer: string; clientId: string };
  const party = await relyingParty(issuer, clientId, `${endpoints.site}/`);
  const { access_token: token, id_token: idToken = '' } = await party.tokens(await party.signIn(email));
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return {
    token,
    idToken,
    get: (path) => ask(`${endpoints.site}${path}`, { headers }),
    post: (path, body = {}) => ask(`${endpoints.site}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
  };
}
