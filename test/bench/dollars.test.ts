import { describe, expect, it } from '@jest/globals';
import { billedMs, dollarsAMillion, sumOf, type Use } from '../../bench/costs/dollars.ts';
import list from '../../bench/prices.json' with { type: 'json' };

const NOTHING: Use = {
  door: 'none',
  read: 0,
  write: 0,
  tableCalls: 0,
  stripeCalls: 0,
  announced: 0,
  cpuMs: 0,
  logBytes: 0,
  answerBytes: 0,
};

describe('what a million calls cost', () => {
  it('is the sum of what each part of AWS asks', () => {
    const use: Use = { ...NOTHING, door: 'api', read: 0.5, write: 1, tableCalls: 2, cpuMs: 1, logBytes: 180 };
    const bill = dollarsAMillion(use, 1769);
    expect(bill.api).toBeCloseTo(1, 10);
    expect(bill.table).toBeCloseTo(0.0625 + 0.625, 10);
    // 1 ms of a whole processor, and 5 for each call of the table.
    expect(bill.lambda).toBeCloseTo(0.2 + 0.0000133334 * 0.011 * (1769 / 1024) * 1e6, 10);
    expect(bill.logs).toBeCloseTo((180 + 420 + 400) * 0.0005, 10);
    expect([bill.edge, bill.bus]).toEqual([0, 0]);
    expect(sumOf(bill)).toBeCloseTo(bill.api + bill.table + bill.lambda + bill.logs, 10);
  });

  it('has CloudFront in it for what the page asks, by requests and by bytes', () => {
    const { edge } = dollarsAMillion({ ...NOTHING, door: 'site', answerBytes: 99_100 }, 256);
    expect(edge).toBeCloseTo(1 + 100_000 * 0.000085, 10);
  });
});

describe('what Lambda bills', () => {
  it('is longer with less memory, as far as it computes, and not as far as it waits', () => {
    expect(billedMs({ ...NOTHING, cpuMs: 2, stripeCalls: 1 }, 1769)).toBe(302);
    expect(billedMs({ ...NOTHING, cpuMs: 2, stripeCalls: 1 }, 256)).toBe(314);
    expect(billedMs({ ...NOTHING, cpuMs: 2 }, 3538)).toBe(2);
  });
});

describe('the prices', () => {
  it('each say where they stand, and whether that was seen', () => {
    for (const price of Object.values(list.prices)) {
      expect(price.source).toMatch(/^https:\/\/aws\.amazon\.com\//);
      expect(price.verified === null || price.verified.startsWith('https://')).toBe(true);
      expect(price.dollars / price.each).toBeGreaterThan(0);
    }
    expect(list.date).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});
