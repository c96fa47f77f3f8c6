import { existsSync, readFileSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from './files.ts';

/** What the members' function tells of the files; it is no file for members itself. */
const INDEX = 'files.json';

export interface CollectMembersFilesProps {
  /** The folder with the files and their index. */
  readonly source: string;
  readonly out: string;
}

/**
 * Copies what is for members to `<out>/members/`, so that a file's path is its object's key. Rejects when the index lists a file that is
 * not there, or nothing at all.
 */
export const collectMembersFiles = async ({ source, out }: CollectMembersFilesProps): Promise<void> => {
  const missing = listed(source).filter((file) => !existsSync(join(source, file)));
  if (missing.length > 0) throw new Error(`${join(source, INDEX)} lists what is not there: ${missing.join(', ')}.`);
  // What an earlier build left would be published with the rest.
  await rm(out, { recursive: true, force: true });
  const files = listFiles(source).filter((path) => path !== `/${INDEX}` && !path.includes('/.'));
  await Promise.all(files.map((path) => cp(join(source, path), join(out, 'members', path))));
};

const listed = (source: string): string[] => {
  const index: unknown = JSON.parse(readFileSync(join(source, INDEX), 'utf8'));
  const files = Array.isArray(index) ? index.map(({ file }: { file?: unknown }) => file) : [];
  const texts = files.filter((file) => typeof file === 'string');
  if (texts.length === 0 || texts.length < files.length) throw new Error(`${join(source, INDEX)} has to list files.`);
  return texts;
};
