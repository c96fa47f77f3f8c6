import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TemplateError } from '../../template/json.ts';
import { unzip } from './zip.ts';

/** What `cdk deploy` uploaded: templates, bundles, the page. Object keys are the same in every bucket: a hash of the contents. */
export interface AssetStore {
  put(key: string, contents: Buffer): void;
  has(key: string): boolean;
  /** The first key, in their order, that starts so. */
  find(prefix: string): string | undefined;
  read(key: string): Buffer | undefined;
  /** A file, or the folder that a zip holds. @throws TemplateError when there is no such asset */
  open(key: string, place: string): string;
  stop(): void;
}

export function assetStore(): AssetStore {
  const folder = mkdtempSync(path.join(tmpdir(), 'local-assets-'));
  const files = new Map<string, string>();
  const read = (key: string): Buffer | undefined => {
    const file = files.get(key);
    return file === undefined ? undefined : readFileSync(file);
  };
  return {
    put: (key, contents) => {
      const file = path.join(folder, fileName(key));
      writeFileSync(file, contents);
      files.set(key, file);
    },
    has: (key) => files.has(key),
    find: (prefix) => [...files.keys()].toSorted().find((key) => key.startsWith(prefix)),
    read,
    open: (key, place) => {
      const file = files.get(key);
      if (file === undefined)
        throw new TemplateError(place, `names the asset ${key}, which nobody uploaded.`, 'Deploy again.');
      return key.endsWith('.zip') ? unzipped(file) : file;
    },
    stop: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A key may hold anything; a file's name may not. */
const fileName = (key: string): string => `${createHash('sha256').update(key).digest('hex')}${path.extname(key)}`;

function unzipped(file: string): string {
  const folder = file.slice(0, -'.zip'.length);
  if (existsSync(folder)) return folder;
  mkdirSync(folder);
  unzip(readFileSync(file), folder);
  return folder;
}
