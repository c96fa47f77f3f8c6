import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { readBrand } from '../../lib/bundle/brand.ts';

const { light, dark } = (await readBrand(fileURLToPath(new URL('../../static-site', import.meta.url)))).colours;

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.040_45 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dim = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dim + 0.05);
}

const pairs = [
  ...['ink', 'soft', 'accent', 'good', 'bad'].flatMap((text) => [
    [text, 'ground'],
    [text, 'surface'],
  ]),
  ['ink', 'tint'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['good', 'good-ground'],
  ['warning', 'warning-ground'],
];

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s colours', (_scheme, colours) => {
  it.each(pairs)('let everybody read %s on %s', (text = '', ground = '') => {
    expect(contrast(colours[text] ?? '', colours[ground] ?? '')).toBeGreaterThanOrEqual(4.5);
  });
});
