import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Brand } from './brand.ts';
import { texts } from './json.ts';

/** The templates of the documents: the page, and what is shown where there is none. */
export const DOCUMENTS: readonly string[] = ['index.html', '404.html'];

/**
 * A document in one language: the template's `{{name}}`s become words (`words/<language>/document.json`), the brand's, and links
 * to the other languages. @throws Error when a word is missing
 */
export async function documentIn(source: string, name: string, brand: Brand, language: string): Promise<string> {
  const template = await readFile(join(source, name), 'utf8');
  const words = await wordsOf(source, language);
  const names = await Promise.all(brand.languages.map(async (each) => [each, await nameOf(source, each)] as const));
  const values = new Map(
    Object.entries({
      ...words,
      ...fromBrand(brand, language),
      ...links(names, language),
      folder: folderOf(brand, language),
    }),
  );
  const filled = template.replaceAll(/\{\{([\w.-]+)\}\}/g, (_whole, key: string) => {
    const value = values.get(key);
    if (value === undefined)
      throw new Error(`${name} says {{${key}}}, and nothing gives that in the language ${language}.`);
    return value;
  });
  return compact(filled);
}

/** Where a language's documents and scripts are: those of the first language in the root. */
export const folderOf = ({ languages }: Brand, language: string): string =>
  language === languages[0] ? '' : `/${language}`;

const wordsOf = async (source: string, language: string): Promise<Record<string, string>> => {
  const path = join(source, 'words', language, 'document.json');
  return escaped(texts(JSON.parse(await readFile(path, 'utf8')), path));
};

/** In the language itself. */
const nameOf = async (source: string, language: string): Promise<string> =>
  (await wordsOf(source, language))['name'] ?? '';

function fromBrand({ name, description, colours, logo }: Brand, language: string): Record<string, string> {
  const sentence = description[language];
  if (sentence === undefined) throw new Error(`brand.json has no description in the language ${language}.`);
  const { light, dark } = colours;
  return {
    ...escaped({ brand: name, description: sentence, light: light['ground'] ?? '', dark: dark['ground'] ?? '' }),
    logo,
  };
}

/** Who follows one gets the page in that language, and the page remembers it (static-site/languages.ts). */
function links(names: readonly (readonly [language: string, name: string])[], own: string): Record<string, string> {
  const alternates = names.map(([each]) => `<link rel="alternate" hreflang="${each}" href="/?lang=${each}">`);
  const switches = names.map(([each, name]) => {
    const current = each === own ? ' aria-current="true"' : '';
    return `<a href="/?lang=${each}" hreflang="${each}" lang="${each}"${current}>${name}</a>`;
  });
  return { language: own, alternates: alternates.join('\n'), languages: switches.join('\n') };
}

/** Without comments and indentation, which are for those who edit it. */
const compact = (html: string): string => html.replaceAll(/<!--[^]*?-->/g, '').replaceAll(/\s*\n\s*/g, '\n');

const escaped = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, escape(value)]));

const escape = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
