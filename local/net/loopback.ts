import type { Handler } from './server.ts';

/**
 * Lets in what addresses this machine by name, and refuses the rest with 403: a page elsewhere whose host name somebody
 * lets point to 127.0.0.1 would otherwise be taken for one of ours by the browser, and read what is answered here.
 * `browsers: false` is for AWS's own endpoints, which no page ever calls: what a browser sends on behalf of a page
 * (it has an Origin) is refused too.
 */
export function onLoopback(handler: Handler, { browsers }: { browsers: boolean }): Handler {
  return (request, response) => {
    const ours = /^(localhost|127\.0\.0\.1)(:\d+)?$/i.test(request.headers.host ?? '');
    if (ours && (browsers || request.headers.origin === undefined)) return handler(request, response);
    response.writeHead(403, { 'content-type': 'text/plain' });
    response.end('Only programs on this machine may ask here, by http://127.0.0.1.\n');
    return undefined;
  };
}
