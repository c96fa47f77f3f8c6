import { describe, expect, it } from '@jest/globals';
import { pageOf } from '../../bin/report/page.ts';
import { textOf } from '../../bin/report/text.ts';
import type { RevenueReport } from '../../clients/revenue/report.ts';
import { NOON } from '../support/subscription.ts';

const usd = { currency: 'usd', amount: 123_456, subscriptions: 40 };
const jpy = { currency: 'jpy', amount: 9000, subscriptions: 3 };
const month = (name: string, atEnd: number) => ({
  month: name,
  atStart: 10,
  began: 20,
  ended: 5,
  atEnd,
  rate: 0.125,
  failed: 4,
  recovered: 2,
  due: 1,
  lost: 1,
});
const report: RevenueReport = {
  at: NOON,
  mrr: [usd, jpy],
  plans: [
    { plan: 'pro_monthly', mrr: usd, statuses: { active: 38, past_due: 2, trialing: 5 } },
    { plan: null, mrr: jpy, statuses: { active: 3 } },
  ],
  unpriced: 1,
  months: [month('2026-11', 25), month('2026-12', 40), month('2027-01', 0)],
};
const empty: RevenueReport = { at: NOON, mrr: [], plans: [], unpriced: 0, months: [] };

describe('the report in a terminal', () => {
  it('says amounts as each currency is written, and counts only the statuses that there are', () => {
    const text = textOf(report, 100).join('\n');
    expect(text).toContain('USD 1,234.56 from 40 subscriptions');
    expect(text).toContain('JPY 9,000 from 3 subscriptions');
    expect(text).toContain('and 1 subscription whose price is no plain amount');
    expect(text).toMatch(/^Plan +MRR +active +trialing +past_due$/m);
    expect(text).toMatch(/^2026-12 +20 +5 +40 +12\.5% +4 +2 +1 +1 {2}█+$/m);
  });

  it.each([70, 80, 100, 200])('keeps within its width (%d)', (width) => {
    for (const line of textOf(report, width)) expect(line.length).toBeLessThanOrEqual(width);
  });

  it('draws the fullest month as wide as there is room, and none where there is none', () => {
    const bars = (width: number) => textOf(report, width).map((line) => line.replace(/[^█▉▊▋▌▍▎▏]/g, '').length);
    expect(Math.max(...bars(100))).toBeGreaterThan(30);
    expect(Math.max(...bars(100)) - Math.max(...bars(90))).toBe(10);
    expect(Math.max(...bars(50))).toBe(0);
  });

  it('says that there is nothing yet', () => {
    expect(textOf(empty, 80).join('\n')).toContain('none: there are no subscriptions');
  });
});

describe('the report as a page', () => {
  const page = pageOf(report, 'https://<shop>.example');

  it('needs nothing but itself', () => {
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|src=/);
    expect(page).toContain("default-src 'none'");
  });

  it('shows text as text', () => {
    expect(page).toContain('https://&lt;shop&gt;.example');
    expect(page).not.toContain('<shop>');
  });

  it('has every figure of the charts in a table, too, and names each chart', () => {
    for (const { month: name } of report.months) expect(page).toContain(`<td>${name}</td>`);
    expect(page.match(/<svg [^>]*role="img" aria-label="[^"]+"/g)).toHaveLength(2);
  });

  it('has no figure that is none', () => {
    expect(pageOf(empty, '') + page).not.toMatch(/NaN|Infinity|undefined/);
  });
});
