import { existsSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { type Brand, coloursAsStyle, icon, readBrand } from './brand.ts';
import { documentIn, DOCUMENTS, folderOf } from './documents.ts';
import { listFiles } from './files.ts';
import { shippedIn } from './packages.ts';
import { bundleScripts } from './scripts.ts';

export interface BuildPageProps {
  /** The folder with `main.ts`, `brand.json`, the documents, the words and the static files. */
  readonly source: string;
  readonly out: string;
}

/**
 * Builds the page: for each language its documents and scripts, with its words in them, so that nobody loads a language that
 * they do not read; once, the styles with the brand's colours, the icon, and what is not source. Rejects when a part is
 * missing, and when a package would ship that may not. @returns the packages in the scripts
 */
export const buildPage = async ({ source, out }: BuildPageProps): Promise<string[]> => {
  for (const name of [...DOCUMENTS, 'main.ts', 'brand.json']) {
    if (!existsSync(join(source, name))) throw new Error(`The page has no ${name}: looked in ${source}.`);
  }
  // What an earlier build left would be published with the rest.
  await rm(out, { recursive: true, force: true });
  const brand = await readBrand(source);
  const files = listFiles(source).filter((path) => !isSource(path));
  const [languages] = await Promise.all([
    Promise.all(brand.languages.map((language) => buildLanguage({ source, out, brand, language }))),
    write(join(out, 'icon.svg'), icon(brand)),
    ...files.map((path) => (path.endsWith('.css') ? style(source, out, path, brand) : copy(source, out, path))),
  ]);
  return languages.flat().flatMap((metafile) => shippedIn('The page', metafile));
};

/** The parts of the style sheet are in the one that imports them. */
const isSource = (path: string): boolean =>
  /\/\.|\.(?:ts|md|json)$|^\/style\//.test(path) || DOCUMENTS.includes(basename(path));

interface LanguageProps extends BuildPageProps {
  readonly brand: Brand;
  readonly language: string;
}

async function buildLanguage({ source, out, brand, language }: LanguageProps) {
  const folder = join(out, folderOf(brand, language));
  const [scripts] = await Promise.all([
    bundleScripts({ source, out: folder, language }),
    ...DOCUMENTS.map(async (name) => write(join(folder, name), await documentIn(source, name, brand, language))),
  ]);
  return scripts;
}

const copy = (source: string, out: string, path: string): Promise<void> => cp(join(source, path), join(out, path));

/** With what it imports, as one sheet. */
async function style(source: string, out: string, path: string, brand: Brand): Promise<void> {
  await build({
    absWorkingDir: source,
    entryPoints: [`.${path}`],
    outfile: join(out, path),
    bundle: true,
    minify: true,
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'silent',
    banner: { css: coloursAsStyle(brand) },
  });
}

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
