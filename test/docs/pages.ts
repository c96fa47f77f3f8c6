import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export interface Page {
  /** From the repository's folder. */
  readonly path: string;
  /** Without what stands in code blocks. */
  readonly prose: string;
  readonly text: string;
}

/** Everything written for people, but the list of what changed. */
export const pages = (): Page[] =>
  ['README.md', 'CONTRIBUTING.md', ...filesIn('docs').filter((path) => path.endsWith('.md'))].map((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    return { path, text, prose: text.replaceAll(/^( *)```.*?^ *```/gms, '') };
  });

/** All files of a folder, from the repository's folder. */
export const filesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));

/** Where a page's links within the repository lead: the file, and the heading there. */
export const linksOf = ({ path, prose }: Page): { readonly file: string; readonly anchor: string | undefined }[] =>
  [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [file = '', anchor] = target.split('#');
      return { file: file === '' ? path : join(dirname(path), file), anchor };
    });

/** A page's headings as GitHub makes anchors of them. */
export const anchorsOf = (path: string): string[] =>
  [...readFileSync(join(ROOT, path), 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** What stands in a page as code, in a line. */
export const codeOf = ({ prose }: Page): string[] => [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
