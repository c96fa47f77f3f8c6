import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { count, countByEach } from '../../functions/shared/metrics.ts';

let lines: string[];
beforeEach(() => {
  lines = [];
  jest.spyOn(console, 'log').mockImplementation((line: unknown) => void lines.push(String(line)));
});
afterEach(() => void jest.restoreAllMocks());

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: string[][];
  readonly Metrics: { readonly Name: string; readonly Unit: string }[];
}

const counted = () =>
  lines.map((line) => {
    const { _aws: head, ...members } = JSON.parse(line) as {
      _aws: { Timestamp: number; CloudWatchMetrics: Directive[] };
      [member: string]: unknown;
    };
    return { head, members };
  });

describe('a count, in CloudWatch’s embedded metric format', () => {
  it('is one line, with the time in milliseconds and the namespace', () => {
    const before = Date.now();
    count({ DriftRepaired: 3, Unexplained: 0 });
    const [line] = counted();
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('\n');
    expect(line?.head.Timestamp).toBeGreaterThanOrEqual(before);
    expect(Number.isInteger(line?.head.Timestamp)).toBe(true);
    expect(line?.head.CloudWatchMetrics).toEqual([
      {
        Namespace: 'Subscriptions',
        Dimensions: [[]],
        Metrics: [
          { Name: 'DriftRepaired', Unit: 'Count' },
          { Name: 'Unexplained', Unit: 'Count' },
        ],
      },
    ]);
  });

  it('has every metric as a number and every dimension as a text beside the directive that names it', () => {
    count({ WebhookEvents: 1 }, { Outcome: 'saved' });
    const [line] = counted();
    for (const { Metrics, Dimensions } of line?.head.CloudWatchMetrics ?? []) {
      for (const { Name } of Metrics) expect(typeof line?.members[Name]).toBe('number');
      for (const name of Dimensions.flat()) expect(typeof line?.members[name]).toBe('string');
    }
    expect(line?.members).toEqual({ WebhookEvents: 1, Outcome: 'saved' });
    expect(line?.head.CloudWatchMetrics[0]?.Dimensions).toEqual([['Outcome']]);
  });

  it('told apart by each of two dimensions alone is two metrics, not one for every pair', () => {
    countByEach({ Failures: 1 }, { Route: 'POST /webhook', Code: 'internal' });
    expect(counted()[0]?.head.CloudWatchMetrics[0]?.Dimensions).toEqual([['Route'], ['Code']]);
  });
});
