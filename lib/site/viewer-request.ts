import type { PageLanguage } from './page-languages.ts';

/** CloudFront refuses a larger function. Bytes. */
const LARGEST = 10_240;

export interface ViewerRequestProps {
  /** Paths that show the page. */
  readonly views: readonly string[];
  /** Paths of all files of the page. */
  readonly files: readonly string[];
  /** The first is for those who ask for none of them. */
  readonly languages: readonly PageLanguage[];
}

/**
 * The code of the CloudFront Function in front of the page. It knows the page's files, so that `/`, `/success` and
 * `/cancel` are all the one page, in the visitor's language; a file is a file, and anything else is a 404 that was never
 * asked of S3. What it writes into the address is what CloudFront keeps the answer by: nobody gets another's language.
 */
export const viewerRequestCode = ({ views, files, languages }: ViewerRequestProps): string => {
  const code = `'use strict';
const views = ${JSON.stringify(views)};
const files = ${JSON.stringify(files)};
const languages = ${JSON.stringify(languages.map(({ code }) => code))};
const documents = ${JSON.stringify(byCode(languages, 'document'))};
const notFound = ${JSON.stringify(byCode(languages, 'notFound'))};
${HANDLER}`;
  if (Buffer.byteLength(code) > LARGEST)
    throw new Error(`The page has too many files for a CloudFront Function: ${files.length}.`);
  return code;
};

const byCode = (languages: readonly PageLanguage[], key: 'document' | 'notFound'): Record<string, string> =>
  Object.fromEntries(languages.map((language) => [language.code, language[key]]));

/** The response headers policy is not promised for what a function answers, so this answer brings its own. */
const notFoundHeaders = {
  'content-type': { value: 'text/html; charset=utf-8' },
  'cache-control': { value: 'no-store' },
  'content-security-policy': {
    value:
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  },
  'strict-transport-security': { value: 'max-age=63072000' },
  'x-content-type-options': { value: 'nosniff' },
  'x-frame-options': { value: 'DENY' },
  'referrer-policy': { value: 'no-referrer' },
};

/**
 * In the JavaScript of cloudfront-js-2.0. The language is the one asked for by `?lang=`, else the one that the page
 * remembers in a cookie, else the browser's best (RFC 9110, 12.5.4: `de-AT;q=0.8` asks for `de`, and `q=0` refuses it).
 */
const HANDLER = `const headers = ${JSON.stringify(notFoundHeaders, null, 2)};
function handler(event) {
  const request = event.request;
  if (files.includes(request.uri)) return request;
  const language = languageOf(request);
  if (!views.includes(request.uri))
    return { statusCode: 404, statusDescription: 'Not Found', headers: headers, body: notFound[language] };
  request.uri = documents[language];
  return request;
}
function languageOf(request) {
  const asked = [request.querystring.lang, request.cookies.language].filter(function (found) {
    return found && languages.includes(found.value);
  });
  return asked.length > 0 ? asked[0].value : accepted(request.headers['accept-language']);
}
function accepted(header) {
  let best = languages[0];
  let most = 0;
  (header ? header.value : '').split(',').forEach(function (range) {
    const parts = range.toLowerCase().split(';q=');
    const language = parts[0].trim().split('-')[0];
    const quality = parts.length > 1 ? Number(parts[1]) : 1;
    if (quality > most && languages.includes(language)) {
      best = language;
      most = quality;
    }
  });
  return best;
}
`;
