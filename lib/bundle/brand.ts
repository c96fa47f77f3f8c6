import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { list, record, text, texts } from './json.ts';

/** What makes the page this business's: `brand.json` in the page's folder. */
export interface Brand {
  readonly name: string;
  /** Those of the folder `words/`. Who reads none of them gets the first. */
  readonly languages: readonly string[];
  /** In a sentence, by language. */
  readonly description: Readonly<Record<string, string>>;
  /** `#rrggbb` by name, as style.css calls them. */
  readonly colours: Readonly<Record<'light' | 'dark', Readonly<Record<string, string>>>>;
  /** What is inside an `<svg viewBox="0 0 32 32">`; its colours are `var(--name)`. */
  readonly logo: string;
}

/** @throws Error that says what is missing or malformed in the file */
export async function readBrand(folder: string): Promise<Brand> {
  const path = join(folder, 'brand.json');
  const brand = record(JSON.parse(await readFile(path, 'utf8')), path);
  const { light, dark } = record(brand['colours'], `${path}, colours`);
  return {
    name: text(brand['name'], `${path}, name`),
    languages: list(brand['languages'], `${path}, languages`),
    description: texts(brand['description'], `${path}, description`),
    colours: { light: colours(light, `${path}, light colours`), dark: colours(dark, `${path}, dark colours`) },
    logo: list(brand['logo'], `${path}, logo`).join(''),
  };
}

/** The colours as custom properties, for the beginning of a style sheet. */
export const coloursAsStyle = ({ colours: { light, dark } }: Brand): string =>
  `:root{${properties(light)}}@media (prefers-color-scheme:dark){:root{${properties(dark)}}}`;

/** The logo on a tile, for the browser's tab: one picture for light and dark. */
export function icon({ logo, colours: { light, dark } }: Brand): string {
  const tile = { ...light, accent: light['on-accent'] ?? 'none', light: dark['light'] ?? 'none' };
  const drawing = Object.entries(tile).reduce((all, [name, colour]) => all.replaceAll(`var(--${name})`, colour), logo);
  const ground = `<rect width="32" height="32" rx="8" fill="${light['accent'] ?? 'none'}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${ground}<g transform="translate(4 4) scale(.75)">${drawing}</g></svg>\n`;
}

const properties = (colours: Readonly<Record<string, string>>): string =>
  Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');

function colours(value: unknown, where: string): Record<string, string> {
  const found = texts(value, where);
  const wrong = Object.entries(found).find(
    ([name, colour]) => !/^[a-z-]+$/.test(name) || !/^#[\da-f]{6}$/.test(colour),
  );
  if (wrong) throw new Error(`${where}: expected a colour like #a1b2c3, not ${wrong.join(': ')}`);
  return found;
}
