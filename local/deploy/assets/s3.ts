import { randomUUID } from 'node:crypto';
import { AwsFault, unknownCall, type AwsAnswer, type AwsRequest, type AwsService } from '../request.ts';
import { element, type XmlElements } from '../xml.ts';
import type { AssetStore } from './store.ts';
import { uploads, type Uploads } from './uploads.ts';

/** S3, as far as the CDK publishes assets: is an object there, and here it is; large ones in parts. Any bucket will do. */
export function s3(store: AssetStore): AwsService {
  const begun = uploads();
  return (request) => {
    try {
      return handle(request, store, begun);
    } catch (error) {
      return fault(error);
    }
  };
}

function handle(request: AwsRequest, store: AssetStore, begun: Uploads): AwsAnswer {
  const { method, url } = request;
  const { bucket, key } = addressOf(url);
  const has = (name: string): boolean => url.searchParams.has(name);
  if (key === '') return ofBucket(request, bucket, store);
  if (method === 'POST' && has('uploads'))
    return xml('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: begun.begin() });
  if (method === 'PUT' && has('partNumber')) return partOf(request, begun);
  if (method === 'POST' && has('uploadId')) {
    store.put(key, begun.finish(url.searchParams.get('uploadId') ?? ''));
    return xml('CompleteMultipartUploadResult', { Bucket: bucket, Key: key, ETag: etag() });
  }
  if (method === 'PUT') {
    store.put(key, contentsOf(request));
    return { status: 200, headers: { etag: etag() }, body: '' };
  }
  if (method === 'GET' || method === 'HEAD') return objectAt(key, store);
  throw unknownCall('s3', `${method} of an object`);
}

/** `/bucket/key`, as SDKs write it for an address that is no name. */
function addressOf({ pathname }: URL): { bucket: string; key: string } {
  const [, bucket = '', ...rest] = decodeURIComponent(pathname).split('/');
  return { bucket, key: rest.join('/') };
}

function ofBucket({ method, url }: AwsRequest, bucket: string, store: AssetStore): AwsAnswer {
  const has = (name: string): boolean => url.searchParams.has(name);
  if (method === 'GET' && has('list-type')) return listing(bucket, url.searchParams.get('prefix') ?? '', store);
  if (method === 'GET' && has('location')) return xml('LocationConstraint', {});
  if (method === 'GET' && has('encryption'))
    throw new AwsFault('ServerSideEncryptionConfigurationNotFoundError', 'There is none.', 404);
  throw unknownCall('s3', `${method} of a bucket${url.search}`);
}

/** At most one: the CDK asks for the one it would upload. */
function listing(bucket: string, prefix: string, store: AssetStore): AwsAnswer {
  const key = store.find(prefix);
  return xml('ListBucketResult', {
    Name: bucket,
    Prefix: prefix,
    MaxKeys: 1,
    KeyCount: key === undefined ? 0 : 1,
    IsTruncated: false,
    Contents: key === undefined ? undefined : { Key: key, Size: store.read(key)?.length },
  });
}

function partOf(request: AwsRequest, begun: Uploads): AwsAnswer {
  const { searchParams } = request.url;
  begun.add(searchParams.get('uploadId') ?? '', Number(searchParams.get('partNumber')), contentsOf(request));
  return { status: 200, headers: { etag: etag() }, body: '' };
}

function objectAt(key: string, store: AssetStore): AwsAnswer {
  const body = store.read(key);
  if (body === undefined) throw new AwsFault('NoSuchKey', 'The specified key does not exist.', 404);
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body };
}

/** A body of unknown length comes in chunks, which nobody here would take apart. */
function contentsOf({ body, headers }: AwsRequest): Buffer {
  if (!(headers['content-encoding'] ?? '').includes('aws-chunked')) return body;
  throw new AwsFault('NotImplemented', 'The local S3 takes no aws-chunked bodies; see local/deploy/assets/s3.ts.', 501);
}

/** Nothing here compares them. */
const etag = (): string => `"${randomUUID()}"`;

const xml = (name: string, value: XmlElements, status = 200): AwsAnswer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?>${element(name, value)}`,
});

function fault(error: unknown): AwsAnswer {
  const known = error instanceof AwsFault ? error : new AwsFault('InternalError', String(error), 500);
  return xml('Error', { Code: known.code, Message: known.message }, known.status);
}
