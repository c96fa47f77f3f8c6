/** CloudFront in front of the page: the shipped function decides which file answers, as it does there. */
import type { IncomingMessage } from 'node:http';
import { builtPage } from '../../lib/site/page-languages.ts';
import { viewerRequestCode } from '../../lib/site/viewer-request.ts';
import { requestForFunction } from '../../local/cloudfront/function-event.ts';
import { compileViewerFunction } from '../../local/cloudfront/viewer-function.ts';

const views = ['/', '/checkout', '/success', '/cancel', '/pay'];

/** @returns the path of the file for a request, or null when there is none */
export function pathsOf(page: string): (request: IncomingMessage) => string | null {
  const run = compileViewerFunction(viewerRequestCode({ views, ...builtPage(page) }), 'page');
  return ({ url = '/', method = 'GET', headers }) => {
    const { pathname, search } = new URL(url, 'http://localhost');
    const single = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
    const asked = { method, path: pathname, query: search.slice(1), headers: Object.fromEntries(single) };
    const answer = run({
      version: '1.0',
      context: { distributionDomainName: '', distributionId: '', eventType: 'viewer-request', requestId: '' },
      viewer: { ip: '127.0.0.1' },
      request: requestForFunction({ ...asked, body: Buffer.alloc(0), viewerIp: '127.0.0.1' }),
    });
    const found = typeof answer === 'object' && answer !== null && 'uri' in answer ? answer.uri : null;
    return typeof found === 'string' ? found : null;
  };
}
