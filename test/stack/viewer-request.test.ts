import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { viewerRequestCode } from '../../lib/site/viewer-request.ts';

const code = viewerRequestCode(['/', '/success', '/cancel', '/pay'], ['/index.html', '/main.js']);

/** What CloudFront would do with a request for `uri`. The JSON is how the answer leaves the other realm. */
const ask = (uri: string) => {
  const event = { request: { method: 'GET', uri, querystring: { session_id: { value: 'cs_1' } } } };
  const answer = runInContext(`${code}; JSON.stringify(handler(${JSON.stringify(event)}))`, createContext({}));
  return JSON.parse(String(answer));
};

describe('a path of the site', () => {
  it.each(['/', '/success', '/cancel', '/pay'])('%s shows the page', (uri) => {
    expect(ask(uri).uri).toBe('/index.html');
  });

  it('keeps its query string, which has the session id of /success', () => {
    expect(ask('/success').querystring).toEqual({ session_id: { value: 'cs_1' } });
  });

  it('that is a file is that file', () => {
    expect(ask('/main.js').uri).toBe('/main.js');
  });

  it.each(['/nothing', '/success/', '/webhook', '/main.ts', '//main.js'])(
    '%s is not there, and says so without asking the bucket',
    (uri) => {
      const answer = ask(uri);
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['content-type'].value).toBe('text/html; charset=utf-8');
      expect(answer.headers['content-security-policy'].value).toContain("default-src 'none'");
      expect(answer.body).toContain('<a href="/">');
    },
  );
});

describe('the code', () => {
  it('fails the build before it grows larger than CloudFront takes', () => {
    const files = Array.from({ length: 300 }, (_, index) => `/images/picture-${index}.svg`);
    expect(() => viewerRequestCode(['/'], files)).toThrow(/too many files.*300/);
  });
});
