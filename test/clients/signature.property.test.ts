import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import Stripe from 'stripe';
import { isSigned } from '../../clients/signature.ts';

const { webhooks } = new Stripe('sk_test_signature');
const NOW = 1_800_014_400;
const SECRETS = ['whsec_ours', 'whsec_other', ' '];

const sign = (at: number, body: string, secret: string) =>
  createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');

/** What Stripe's own SDK says. */
function sdkTakes(body: string, header: string, secret: string): boolean {
  try {
    webhooks.constructEvent(body, header, secret, undefined, undefined, NOW * 1000);
    return true;
  } catch {
    return false;
  }
}

const bodies = fc.constantFrom('{"id":"evt_1"}', '{"id":"evt_2"}', '{"name":"Zoë ☃"}', '');
/** At the edges of the five minutes, and far from them. */
const ages = fc.constantFrom(0, 299, 300, 301, 86_400, -10, -86_400);

interface Given {
  readonly body: string;
  readonly at: number;
  readonly secret: string;
  readonly others: readonly string[];
  readonly broken: string;
}

/**
 * A header as Stripe makes it, one with what a stranger adds, or one that somebody has broken. Not with an empty `v1=`: at that
 * the SDK breaks, also beside one that is right.
 */
const headerOf = ({ body, at, secret, others, broken }: Given): string =>
  [`t=${at}`, ...others, `v1=${sign(at, body, secret)}${broken}`].join(',');

describe('a signature of Stripe’s', () => {
  it('is taken when Stripe’s SDK takes it, and by nobody else’s secret, time or body', () => {
    const given = fc.record({
      signed: bodies,
      posted: fc.option(bodies, { nil: undefined, freq: 1 }),
      age: ages,
      secret: fc.constantFrom(...SECRETS),
      known: fc.option(fc.constantFrom(...SECRETS), { nil: undefined, freq: 1 }),
      others: fc.array(fc.constantFrom('v0=abc', `v1=${'0'.repeat(64)}`, 't', 't=1', 'x=y=z', '', '=')),
      broken: fc.constantFrom('', '', '', '0', '=', ' '),
    });
    let taken = 0;
    fc.assert(
      fc.property(given, ({ signed, posted = signed, age, secret, known = secret, others, broken }) => {
        const header = headerOf({ body: signed, at: NOW - age, secret, others, broken });
        const ours = isSigned(posted, header, known, NOW);
        expect([header, ours]).toEqual([header, sdkTakes(posted, header, known)]);
        if (ours) taken += 1;
      }),
      { numRuns: 3000, seed: 1 },
    );
    expect(taken).toBeGreaterThan(100);
  });

  it('is never taken from what anybody writes when Stripe’s SDK does not', () => {
    const part = fc.oneof(fc.constantFrom('t', 'v1', '=', ',', `${NOW}`), fc.string());
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const header = parts.join('');
        expect([header, isSigned('{}', header, 'whsec_ours', NOW)]).toEqual([
          header,
          sdkTakes('{}', header, 'whsec_ours'),
        ]);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});
