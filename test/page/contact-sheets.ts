/** All pictures of one width on one page, light beside dark, so that they can be looked through at once. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param folder with `<state>-<size>-light.png` and `-dark.png` @returns the pages' paths */
export function contactSheets(folder: string, sizes: Readonly<Record<string, { readonly width: number }>>): string[] {
  const pictures = readdirSync(folder).filter((name) => name.endsWith('.png'));
  return Object.entries(sizes).flatMap(([size, { width }]) => {
    const own = pictures.filter((name) => name.endsWith(`-${size}-light.png`)).toSorted();
    if (own.length === 0) return [];
    const path = join(folder, `${size}.html`);
    writeFileSync(path, sheet(`${size}, ${width} px`, own));
    return [path];
  });
}

const sheet = (title: string, pictures: readonly string[]): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${title}</title>
<style>
  body { margin: 1rem; background: #888; font: 1rem system-ui; }
  main { display: grid; grid-template-columns: repeat(auto-fill, minmax(40rem, 1fr)); gap: 1rem; align-items: start; }
  figure { display: grid; grid-template-columns: 1fr 1fr; gap: 0.5rem; margin: 0; }
  figcaption { grid-column: 1 / -1; font-weight: 600; }
  img { width: 100%; }
</style>
<h1>${title}</h1>
<main>
${pictures.map(figure).join('\n')}
</main>
</html>
`;

function figure(light: string): string {
  const dark = light.replace(/-light\.png$/, '-dark.png');
  const image = (name: string): string => `<a href="${name}"><img src="${name}" alt="" loading="lazy"></a>`;
  return `<figure><figcaption>${light.replace(/-light\.png$/, '')}</figcaption>${image(light)}${image(dark)}</figure>`;
}
