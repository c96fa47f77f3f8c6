import { describe, expect, it } from '@jest/globals';
import { compilePattern } from '../../../local/eventbridge/pattern.ts';
import type { Json, JsonObject } from '../../../local/template/json.ts';

const matches = (pattern: JsonObject, event: Json): boolean => compilePattern(pattern, 'Rule.EventPattern')(event);

describe('an event pattern', () => {
  it('wants one of the values listed, in each field that it names, and looks at no other', () => {
    const pattern = { source: ['subscriptions', 'others'], detail: { plan: ['pro_monthly'] } };
    expect(matches(pattern, { source: 'subscriptions', detail: { plan: 'pro_monthly', until: 1 } })).toBe(true);
    expect(matches(pattern, { source: 'subscriptions', detail: { plan: 'starter' } })).toBe(false);
    expect(matches(pattern, { detail: { plan: 'pro_monthly' } })).toBe(false);
    expect(matches(pattern, { source: 'subscriptions', detail: 'pro_monthly' })).toBe(false);
  });

  it('is content with one of several values of a field', () => {
    expect(matches({ resources: ['b'] }, { resources: ['a', 'b'] })).toBe(true);
  });

  it.each<[string, Json, Json[], Json[]]>([
    ['a beginning', { prefix: 'access.' }, ['access.lost'], ['lost', 1, null]],
    ['an end', { suffix: '.lost' }, ['access.lost'], ['access.lost!']],
    ['letters of either case', { 'equals-ignore-case': 'Pro' }, ['pRO'], ['prod']],
    ['anything but a value', { 'anything-but': 'pro' }, ['starter', 1], ['pro']],
    ['anything but some values', { 'anything-but': ['pro', { prefix: 'x' }] }, ['starter'], ['pro', 'xy']],
    ['a number in a range', { numeric: ['>', 0, '<=', 5] }, [1, 5], [0, 6, '3']],
    ['a number', { numeric: ['=', 2] }, [2], [1]],
    ['nothing', null, [null], ['null', 0]],
    ['a field that is there', { exists: true }, [null, 0], []],
  ])('can want %s', (_what, wanted, good, bad) => {
    for (const value of good) expect([value, matches({ at: [wanted] }, { at: value })]).toEqual([value, true]);
    for (const value of bad) expect([value, matches({ at: [wanted] }, { at: value })]).toEqual([value, false]);
  });

  it('can want a field not to be there', () => {
    expect(matches({ detail: { until: [{ exists: false }] } }, { detail: {} })).toBe(true);
    expect(matches({ detail: { until: [{ exists: false }] } }, {})).toBe(true);
    expect(matches({ detail: { until: [{ exists: false }] } }, { detail: { until: 1 } })).toBe(false);
    expect(matches({ until: [{ exists: true }] }, {})).toBe(false);
    expect(matches({ until: [{ 'anything-but': 1 }] }, {})).toBe(false);
  });

  it('can be one or another', () => {
    const pattern = { $or: [{ plan: ['pro'] }, { allowed: [false] }] };
    expect(matches(pattern, { plan: 'pro', allowed: true })).toBe(true);
    expect(matches(pattern, { plan: 'starter', allowed: false })).toBe(true);
    expect(matches(pattern, { plan: 'starter', allowed: true })).toBe(false);
  });

  it.each<[JsonObject]>([
    [{ at: 'text' }],
    [{ at: [] }],
    [{ at: [{ cidr: '10.0.0.0/8' }] }],
    [{ at: [{ prefix: 1 }] }],
    [{ at: [{ prefix: 'a', suffix: 'b' }] }],
    [{ at: [{ numeric: ['>'] }] }],
    [{ at: [{ exists: 'yes' }] }],
    [{ $or: ['a'] }],
  ])('that is not known here is refused, with the place: %j', (pattern) => {
    expect(() => compilePattern(pattern, 'Rule.EventPattern')).toThrow(
      /^Rule\.EventPattern\.\S+: is .* not known here/,
    );
  });
});
