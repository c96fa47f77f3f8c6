import { describe, expect, it } from '@jest/globals';
import { previousAttributes } from '../../../local/stripe/core/changes.ts';
import { formatMoney } from '../../../local/stripe/life/money.ts';
import { settle } from '../../../local/stripe/life/new-invoice.ts';
import { nextBoundary } from '../../../local/stripe/life/periods.ts';
import { hasCheckDigit, parseExpiration } from '../../../local/stripe/pages/cards.ts';
import { html } from '../../../local/stripe/pages/html.ts';
import { parseForm } from '../../../local/stripe/wire/form.ts';
import { type Answer, createIdempotency } from '../../../local/stripe/wire/idempotency.ts';

const time = (text: string): number => Date.parse(text) / 1000;

describe('a period ends', () => {
  it.each([
    ['month', 1, '2028-01-31T12:00:00Z', '2028-01-31T12:00:00Z', '2028-02-29T12:00:00Z'],
    ['month', 1, '2028-01-31T12:00:00Z', '2028-02-29T12:00:00Z', '2028-03-31T12:00:00Z'],
    ['month', 3, '2026-11-30T00:00:00Z', '2026-11-30T00:00:00Z', '2027-02-28T00:00:00Z'],
    ['month', 1, '2026-12-15T23:59:59Z', '2026-12-15T23:59:59Z', '2027-01-15T23:59:59Z'],
    ['year', 1, '2028-02-29T00:00:00Z', '2028-02-29T00:00:00Z', '2029-02-28T00:00:00Z'],
    ['year', 1, '2028-02-29T00:00:00Z', '2031-03-01T00:00:00Z', '2032-02-29T00:00:00Z'],
    ['week', 2, '2026-11-23T00:00:00Z', '2026-11-23T00:00:00Z', '2026-12-07T00:00:00Z'],
    ['day', 1, '2026-11-23T00:00:00Z', '2026-11-23T06:00:00Z', '2026-11-24T00:00:00Z'],
  ])('%s × %d from %s, after %s: %s', (interval, interval_count, anchor, after, end) => {
    expect(nextBoundary(time(anchor), { interval, interval_count }, time(after))).toBe(time(end));
  });
});

describe('previous attributes', () => {
  it('are the old values of what changed; of a hash only its changed fields, of a list the whole', () => {
    const before = { id: 'a', status: 'x', metadata: { a: '1', b: '2' }, list: [1], same: { c: 1 } };
    const after = { id: 'a', status: 'y', metadata: { a: '1', b: '3', d: '4' }, list: [2], same: { c: 1 } };
    expect(previousAttributes(before, after)).toEqual({ status: 'x', metadata: { b: '2', d: null }, list: [1] });
  });

  it('are none when nothing changed', () => {
    expect(previousAttributes({ a: { b: [1] } }, { a: { b: [1] } })).toEqual({});
  });
});

describe('a form', () => {
  it('nests as Stripe writes it', () => {
    const form = parseForm('a=1&items[0][price]=p&items[0][quantity]=2&expand[]=x&expand[]=y&empty=');
    expect(form).toEqual(
      new Map<string, unknown>([
        ['a', '1'],
        [
          'items',
          new Map([
            [
              '0',
              new Map([
                ['price', 'p'],
                ['quantity', '2'],
              ]),
            ],
          ]),
        ],
        [
          'expand',
          new Map([
            ['0', 'x'],
            ['1', 'y'],
          ]),
        ],
        ['empty', ''],
      ]),
    );
  });

  it.each(['a[b=1', '[a]=1', 'a[b]c=1', `a${'[b]'.repeat(9)}=1`])('refuses %s', (text) => {
    expect(() => parseForm(text)).toThrow(/Invalid parameter name|nested too deeply/);
  });
});

describe('an idempotency key', () => {
  const call = { key: 'k', fingerprint: 'f', now: 0 };
  const answer: Answer = { status: 200, body: '{}', requestId: 'req_1', keep: true };

  it('whose first call still runs refuses a second', async () => {
    const once = createIdempotency();
    let finish: (value: Answer) => void = () => {};
    const first = once(call, () => new Promise((resolve) => (finish = resolve)));
    await expect(once(call, async () => answer)).rejects.toMatchObject({
      status: 409,
      body: { code: 'idempotency_key_in_use' },
    });
    finish(answer);
    expect(await first).toEqual({ answer, replayed: false });
    expect(await once(call, async () => ({ ...answer, body: 'other' }))).toEqual({ answer, replayed: true });
  });

  it('is forgotten after a day', async () => {
    const once = createIdempotency();
    await once(call, async () => answer);
    const later = await once({ ...call, now: 86_400 }, async () => ({ ...answer, body: 'other' }));
    expect(later).toMatchObject({ answer: { body: 'other' }, replayed: false });
  });
});

describe("a customer's balance", () => {
  it.each([
    [2900, 0, 2900, 0],
    [2900, -1000, 1900, 0],
    [900, -1000, 0, -100],
    [-1000, 0, 0, -1000],
    [500, 200, 700, 0],
  ])('settles a total of %d with a balance of %d: %d is due, %d remains', (total, balance, due, remains) => {
    expect(settle(total, balance)).toEqual({ due, balance: remains });
  });
});

describe('a card', () => {
  it('number ends in a digit that checks the others', () => {
    expect(['4242424242424242', '4000000000000002', '378282246310005'].map(hasCheckDigit)).toEqual([true, true, true]);
    expect(['4242424242424241', '4242424242424224'].map(hasCheckDigit)).toEqual([false, false]);
  });

  it.each([
    ['12 / 34', { month: 12, year: 2034 }],
    ['1/2034', { month: 1, year: 2034 }],
    ['0134', { month: 1, year: 2034 }],
    ['13/34', null],
    ['00/34', null],
    ['1234567', null],
  ])('expiration %s', (text, expected) => {
    expect(parseExpiration(text)).toEqual(expected);
  });
});

describe('a page', () => {
  it('escapes what is put into it, and leaves out what is not there', () => {
    const part = html`<b>${`<script>"'&`}</b>`;
    expect(html`<p>${part}${false}${null}${[part]}${3}</p>`.html).toBe(
      `<p>${'<b>&lt;script&gt;&quot;&#39;&amp;</b>'.repeat(2)}3</p>`,
    );
  });

  it.each([
    [2900, 'usd', '$29.00'],
    [-450, 'usd', '-$4.50'],
    [500, 'jpy', '¥500'],
  ])('shows %d %s as %s', (amount, currency, shown) => {
    expect(formatMoney(amount, currency)).toBe(shown);
  });
});
