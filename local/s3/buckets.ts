import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A bucket: a temporary folder, whose files are its objects. */
export interface Bucket {
  name: string;
  folder: string;
  /** The metadata that the last deployment gave its objects, such as `cache-control`. */
  metadata: Record<string, string>;
  /** ARNs of the distributions that the bucket policy lets read objects. */
  readers: Set<string>;
  /** ARNs of those that it lets list the bucket too. */
  listers: Set<string>;
}

export function createBucket(name: string): Bucket {
  return {
    name,
    folder: mkdtempSync(path.join(tmpdir(), 'local-bucket-')),
    metadata: {},
    readers: new Set(),
    listers: new Set(),
  };
}

/** Copies a folder's files into the bucket, below `prefix`. */
export function upload(bucket: Bucket, from: string, prefix: string): void {
  cpSync(from, path.join(bucket.folder, prefix), { recursive: true });
}

export function removeBucket(bucket: Bucket): void {
  rmSync(bucket.folder, { recursive: true, force: true });
}
