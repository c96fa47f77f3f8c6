import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../bundle/files.ts';

/** One language of the built page. */
export interface PageLanguage {
  /** As in `<html lang>`. */
  readonly code: string;
  /** The path of its document. */
  readonly document: string;
  /** Shown where there is nothing. HTML. */
  readonly notFound: string;
}

export interface BuiltPage {
  /** Paths of the files that may be asked for. */
  readonly files: readonly string[];
  /** The first, in the root, is for visitors who read none of them. */
  readonly languages: readonly PageLanguage[];
}

/** What is in the folder of the built page. */
export function builtPage(folder: string): BuiltPage {
  const all = listFiles(folder);
  const documents = all.filter((path) => path.endsWith('/index.html'));
  const languages = documents.map((document) => ({
    code: /<html lang="([\w-]+)"/.exec(readFileSync(join(folder, document), 'utf8'))?.[1] ?? '',
    document,
    notFound: readFileSync(join(folder, document.replace('index.html', '404.html')), 'utf8'),
  }));
  return {
    files: all.filter((path) => !path.endsWith('/404.html')),
    languages: languages.toSorted((one, other) => one.document.length - other.document.length),
  };
}
