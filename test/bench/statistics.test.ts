import { describe, expect, it } from '@jest/globals';
import { GROUPS, reached, type Figure } from '../../bench/figure.ts';
import { readOptions } from '../../bench/options.ts';
import { growthExponent, median, quantile } from '../../bench/statistics.ts';
import { markdownTable, readable, textTable } from '../../bench/table.ts';

describe('figures', () => {
  it('have the middle of many runs, which one slow run does not move', () => {
    expect(median([3, 1, 1000])).toBe(3);
    expect(median([4, 1, 2, 1000])).toBe(3);
    expect(() => median([])).toThrow('no median');
  });

  it('name the slowest of a hundred by the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect([quantile(hundred, 0.5), quantile(hundred, 0.99), quantile(hundred, 1)]).toEqual([50, 99, 100]);
    expect(quantile([7], 0.99)).toBe(7);
  });

  it('grow as a power: nothing is 0, in step is 1, each with each is 2', () => {
    const at = (power: number) => [10, 1000, 100_000].map((x) => [x, 3 * x ** power] as const);
    for (const power of [0, 1, 2]) expect(growthExponent(at(power))).toBeCloseTo(power, 10);
  });

  it('reach a target as it is printed', () => {
    const figure: Figure = { name: 'a', value: 1304, floor: 1000, unit: 'µs', target: { of: 'ratio', atMost: 1.3 } };
    expect(reached(figure)).toBe(true);
    expect(reached({ ...figure, value: 1306 })).toBe(false);
    expect(reached({ ...figure, target: { of: 'value', atMost: 1 } })).toBe(false);
    expect(reached({ name: 'a', value: 1, unit: 'µs' })).toBeUndefined();
    expect(reached({ name: 'a', value: 1, unit: 'µs', target: { of: 'ratio', atMost: 9 } })).toBe(false);
  });
});

describe('the table', () => {
  it('shows three digits, and no more than are true', () => {
    expect([0, 0.01234, 1.5, 98.76, 1234.5].map(readable)).toEqual(['0', '0.0123', '1.5', '98.8', '1,235']);
  });

  it('stands in columns', () => {
    const cells = [
      ['', 'b', 'note'],
      ['long', '1', 'x'],
    ];
    expect(textTable(cells)).toBe('        b  note\nlong    1     x');
    expect(markdownTable(cells)).toBe('|      | b   | note |\n| ---- | --- | ---- |\n| long | 1   | x    |');
  });
});

describe('npm run bench', () => {
  it('measures all unless some groups are named', () => {
    expect(readOptions([])).toEqual({ groups: GROUPS, check: false, write: false });
    expect(readOptions(['warm', '--check'])).toEqual({ groups: ['warm'], check: true, write: false });
  });

  it('refuses what it does not know, and to write a part of the table', () => {
    expect(() => readOptions(['hot'])).toThrow('no group "hot"');
    expect(() => readOptions(['warm', '--write'])).toThrow('whole table');
  });
});
