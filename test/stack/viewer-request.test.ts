import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { viewerRequestCode } from '../../lib/site/viewer-request.ts';

const languages = [
  { code: 'en', document: '/index.html', notFound: '<p>Nothing here</p>' },
  { code: 'de', document: '/de/index.html', notFound: '<p>Hier ist nichts</p>' },
];
const views = ['/', '/success', '/cancel', '/pay'];
const code = viewerRequestCode({ views, files: ['/index.html', '/main.js'], languages });

interface Asked {
  readonly querystring?: Record<string, { value: string }>;
  readonly cookies?: Record<string, { value: string }>;
  readonly accept?: string;
}

/** What CloudFront would do with a request for `uri`. The JSON is how the answer leaves the other realm. */
const ask = (uri: string, { querystring = {}, cookies = {}, accept }: Asked = {}) => {
  const headers = accept === undefined ? {} : { 'accept-language': { value: accept } };
  const event = { request: { method: 'GET', uri, querystring, cookies, headers } };
  const answer = runInContext(`${code}; JSON.stringify(handler(${JSON.stringify(event)}))`, createContext({}));
  return JSON.parse(String(answer));
};

describe('a path of the site', () => {
  it.each(views)('%s shows the page', (uri) => {
    expect(ask(uri).uri).toBe('/index.html');
  });

  it('keeps its query string, which has the session id of /success', () => {
    const querystring = { session_id: { value: 'cs_1' } };
    expect(ask('/success', { querystring }).querystring).toEqual(querystring);
  });

  it('that is a file is that file', () => {
    expect(ask('/main.js', { accept: 'de' }).uri).toBe('/main.js');
  });

  it.each(['/nothing', '/success/', '/webhook', '/main.ts', '//main.js'])(
    '%s is not there, and says so without asking the bucket',
    (uri) => {
      const answer = ask(uri);
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['content-type'].value).toBe('text/html; charset=utf-8');
      expect(answer.headers['content-security-policy'].value).toContain("default-src 'none'");
      expect(answer.body).toBe('<p>Nothing here</p>');
    },
  );

  it('that is not there is so in the visitor’s language', () => {
    expect(ask('/nothing', { accept: 'de' }).body).toBe('<p>Hier ist nichts</p>');
  });
});

describe('the language', () => {
  it.each([
    ['de', '/de/index.html'],
    ['de-AT,de;q=0.9,en;q=0.8', '/de/index.html'],
    ['fr, de;q=0.5, en;q=0.4', '/de/index.html'],
    ['en;q=0.4, DE;q=0.5', '/de/index.html'],
    ['de;q=0.7, en', '/index.html'],
    ['de;q=0', '/index.html'],
    ['fr', '/index.html'],
    ['*', '/index.html'],
    ['constructor', '/index.html'],
    ['', '/index.html'],
    [undefined, '/index.html'],
  ])('is the best of Accept-Language: %s', (accept, document) => {
    expect(ask('/', accept === undefined ? {} : { accept }).uri).toBe(document);
  });

  it('is the one that the page remembers, whatever the browser would like', () => {
    expect(ask('/', { cookies: { language: { value: 'de' } }, accept: 'en' }).uri).toBe('/de/index.html');
  });

  it('is the one asked for before all', () => {
    const cookies = { language: { value: 'de' } };
    expect(ask('/', { querystring: { lang: { value: 'en' } }, cookies, accept: 'de' }).uri).toBe('/index.html');
  });

  it.each(['fr', 'constructor', '../members', ''])('that the page has not, %j, is not asked for', (value) => {
    const asked = { querystring: { lang: { value } }, cookies: { language: { value } }, accept: 'de' };
    expect(ask('/', asked).uri).toBe('/de/index.html');
  });
});

describe('the code', () => {
  it('fails the build before it grows larger than CloudFront takes', () => {
    const files = Array.from({ length: 400 }, (_, index) => `/images/picture-${index}.svg`);
    expect(() => viewerRequestCode({ views, files, languages })).toThrow(/too many files.*400/);
  });
});
