import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startFront, type Front, type FrontOptions } from '../../../local/cloudfront/front.ts';
import { fields } from '../../../local/template/fields.ts';

export const DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
export const OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
export const ALL_BUT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
export const ALL_METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

/** A site in front of a folder with files and of an API; `changes` to what the stack says. */
export interface SiteChanges {
  readonly files?: Record<string, string | Buffer>;
  readonly api?: RequestListener;
  readonly page?: Record<string, unknown>;
  readonly apiBehaviour?: Record<string, unknown>;
  readonly behaviours?: Record<string, unknown>[];
  readonly distribution?: Record<string, unknown>;
  readonly pageOrigin?: Record<string, unknown>;
  readonly apiOrigin?: Record<string, unknown>;
  readonly bucket?: Record<string, unknown>;
  readonly front?: Partial<FrontOptions>;
}

export interface Site extends Pick<Front, 'url' | 'stop'> {
  readonly lines: string[];
  readonly get: (path: string, init?: RequestInit) => Promise<Response>;
}

export async function startSite(changes: SiteChanges = {}): Promise<Site> {
  const folder = writeFiles(changes.files ?? { 'index.html': '<h1>The page</h1>' });
  const api = await startApi(changes.api ?? ((_incoming, outgoing) => outgoing.end('the api')));
  const lines: string[] = [];
  const front = await startFront({
    port: 0,
    distribution: fields(distributionConfig(changes), 'DistributionConfig'),
    cachePolicy: () => undefined,
    originRequestPolicy: () => undefined,
    responseHeadersPolicy: () => undefined,
    functionCode: (arn) => arn,
    origin: (name) =>
      name === 'page.s3.amazonaws.com' ? { kind: 's3', folder, ...changes.bucket } : { kind: 'http', url: api.url },
    log: (line) => lines.push(line),
    ...changes.front,
  }).catch((error: unknown) => {
    api.stop();
    throw error;
  });
  return {
    url: front.url,
    lines,
    get: (path, init) => fetch(`${front.url}${path}`, { redirect: 'manual', ...init }),
    async stop() {
      await front.stop();
      api.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

function distributionConfig({ page, apiBehaviour, behaviours, distribution, pageOrigin, apiOrigin }: SiteChanges) {
  return {
    Enabled: true,
    HttpVersion: 'http2and3',
    IPV6Enabled: true,
    DefaultRootObject: 'index.html',
    Origins: [
      {
        Id: 'page',
        DomainName: 'page.s3.amazonaws.com',
        OriginAccessControlId: 'control',
        S3OriginConfig: { OriginAccessIdentity: '' },
        ...pageOrigin,
      },
      {
        Id: 'api',
        DomainName: 'api.example',
        CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
        ...apiOrigin,
      },
    ],
    DefaultCacheBehavior: {
      TargetOriginId: 'page',
      ViewerProtocolPolicy: 'redirect-to-https',
      CachePolicyId: OPTIMIZED,
      Compress: true,
      ...page,
    },
    CacheBehaviors: behaviours ?? [
      {
        PathPattern: '/api/*',
        TargetOriginId: 'api',
        ViewerProtocolPolicy: 'https-only',
        AllowedMethods: ALL_METHODS,
        CachePolicyId: DISABLED,
        OriginRequestPolicyId: ALL_BUT_HOST,
        ...apiBehaviour,
      },
    ],
    ...distribution,
  };
}

function writeFiles(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'bucket-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

async function startApi(handler: RequestListener): Promise<{ url: string; stop(): void }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Sends exactly these headers and this path, which `fetch` would tidy up. */
export function raw(
  url: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Buffer; headers: IncomingMessage['headers'] }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const outgoing = request({ hostname, port, path, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks), headers: incoming.headers }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
