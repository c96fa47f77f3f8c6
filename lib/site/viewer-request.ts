/** CloudFront refuses a larger function. Bytes. */
const LARGEST = 10_240;

/**
 * The code of the CloudFront Function in front of the page. It knows the page's files, so that `/`, `/success` and
 * `/cancel` are all the one page, a file is a file, and anything else is a 404 that was never asked of S3.
 *
 * @param views paths that show `/index.html`
 * @param files paths of all files of the page
 */
export const viewerRequestCode = (views: readonly string[], files: readonly string[]): string => {
  const targets = Object.fromEntries([
    ...files.map((file) => [file, file]),
    ...views.map((view) => [view, '/index.html']),
  ]);
  const code = `'use strict';
const targets = ${JSON.stringify(targets)};
const notFound = {
  statusCode: 404,
  statusDescription: 'Not Found',
  headers: ${JSON.stringify(notFoundHeaders, null, 2).replaceAll('\n', '\n  ')},
  body: ${JSON.stringify(notFoundBody)},
};
function handler(event) {
  const request = event.request;
  const target = targets[request.uri];
  if (target === undefined) return notFound;
  request.uri = target;
  return request;
}
`;
  if (Buffer.byteLength(code) > LARGEST)
    throw new Error(`The page has too many files for a CloudFront Function: ${files.length}.`);
  return code;
};

/** The response headers policy is not promised for what a function answers, so this answer brings its own. */
const notFoundHeaders = {
  'content-type': { value: 'text/html; charset=utf-8' },
  'cache-control': { value: 'no-store' },
  'content-security-policy': {
    value: "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  },
  'strict-transport-security': { value: 'max-age=63072000' },
  'x-content-type-options': { value: 'nosniff' },
  'x-frame-options': { value: 'DENY' },
  'referrer-policy': { value: 'no-referrer' },
};

const notFoundBody = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Not found</title>
<h1>There is nothing here</h1>
<p><a href="/">Go to the plans</a></p>
</html>
`;
