import { createHash, randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import type { EdgeRequest, EdgeResponse } from './message.ts';

/** A bucket whose objects are the files of a folder. */
export interface S3Origin {
  readonly kind: 's3';
  readonly folder: string;
  /** Whether the bucket policy lets CloudFront read objects (s3:GetObject); yes if unset. */
  readonly mayRead?: boolean;
  /** Whether it lets CloudFront list the bucket (s3:ListBucket), without which S3 does not tell what is missing; no if unset. */
  readonly mayList?: boolean;
  /** What the deployment put on every object, such as Cache-Control. */
  readonly objectHeaders?: Readonly<Record<string, string>>;
}

/** As `aws s3 sync` guesses them, with which the CDK's BucketDeployment uploads. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.csv': 'text/csv',
  '.gif': 'image/gif',
  '.html': 'text/html',
  '.ico': 'image/vnd.microsoft.icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'text/xml',
};

/** Answers as the S3 REST API does. @param signed whether CloudFront has an origin access control for this bucket */
export async function askS3(bucket: S3Origin, request: EdgeRequest, signed: boolean): Promise<EdgeResponse> {
  if (!signed || bucket.mayRead === false) return denied();
  if (request.method !== 'GET' && request.method !== 'HEAD') return denied();
  const key = decoded(request.path.replace(/^\//, ''));
  if (key === undefined) return xml(400, 'InvalidURI', 'Couldn’t parse the specified URI.');
  const file = await readObject(bucket.folder, key);
  if (!file) return bucket.mayList ? xml(404, 'NoSuchKey', 'The specified key does not exist.') : denied();
  return {
    status: 200,
    headers: {
      'content-type': TYPES[extname(key).toLowerCase()] ?? 'binary/octet-stream',
      etag: `"${createHash('md5').update(file.body).digest('hex')}"`,
      'last-modified': file.modified.toUTCString(),
      server: 'AmazonS3',
      ...bucket.objectHeaders,
    },
    setCookies: [],
    body: file.body,
  };
}

async function readObject(folder: string, key: string): Promise<{ body: Buffer; modified: Date } | undefined> {
  const file = resolve(folder, key);
  // A key is just a name; `..` in it leads nowhere in S3, and must not lead out of the folder here.
  if (!file.startsWith(resolve(folder) + sep) || key.split('/').some((part) => part === '..' || part === '.'))
    return undefined;
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? { body: await readFile(file), modified: found.mtime } : undefined;
}

const denied = (): EdgeResponse => xml(403, 'AccessDenied', 'Access Denied');

function xml(status: number, code: string, message: string): EdgeResponse {
  const error = `<Code>${code}</Code><Message>${message}</Message><RequestId>${randomUUID()}</RequestId>`;
  return {
    status,
    headers: { 'content-type': 'application/xml', server: 'AmazonS3' },
    setCookies: [],
    body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<Error>${error}</Error>`),
  };
}

function decoded(text: string): string | undefined {
  try {
    const key = decodeURIComponent(text);
    return key.includes('\0') ? undefined : key;
  } catch {
    return undefined;
  }
}
