import { expect, it } from '@jest/globals';
import { every, rateOf, type Timer } from '../../../local/events/schedule.ts';
import { getAtt, lambdaFunction } from './assembly.ts';
import { run, until } from './run.ts';

/** Time that passes when the test says so. */
function time(): { timer: Timer; pass(milliseconds: number): void } {
  let now = 0;
  let waiting: { at: number; run: () => void }[] = [];
  const next = (until: number): { at: number; run: () => void } | undefined =>
    waiting.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    timer: (run, milliseconds) => {
      const entry = { at: now + milliseconds, run };
      waiting.push(entry);
      return () => (waiting = waiting.filter((one) => one !== entry));
    },
    pass: (milliseconds) => {
      const end = now + milliseconds;
      for (let due = next(end); due !== undefined; due = next(end)) {
        now = due.at;
        waiting = waiting.filter((one) => one !== due);
        due.run();
      }
      now = end;
    },
  };
}

const minute = 60_000;
const echo = { 'index.mjs': 'export const handler = async (event) => { console.log(JSON.stringify(event)); };' };
const fails = { 'index.mjs': 'export const handler = async () => { throw new Error("not today"); };' };

const permission = {
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: getAtt('Job', 'Arn'),
    Principal: 'events.amazonaws.com',
    SourceArn: getAtt('Rule', 'Arn'),
  },
};
const rule = (properties: Record<string, string> = {}): object => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    ScheduleExpression: 'rate(5 minutes)',
    State: 'ENABLED',
    Targets: [{ Id: 'Target0', Arn: getAtt('Job', 'Arn'), RetryPolicy: { MaximumRetryAttempts: 1 } }],
    ...properties,
  },
});
const template = (Rule: object, more: object = { Permission: permission }) =>
  JSON.parse(JSON.stringify({ Resources: { ...lambdaFunction('Job'), Rule, ...more } }));

it('a rule runs its function once every period, the first time after one', async () => {
  const clock = time();
  const stack = await run({ template: template(rule()), assets: { Job: echo } }, { timer: clock.timer });
  const events = (): string[] => stack.lines.filter((line) => line.includes('Scheduled Event'));
  clock.pass(4 * minute);
  clock.pass(minute);
  await until(() => events()[0]);
  expect(events()).toHaveLength(1);
  expect(events()[0]).toContain('"resources":["arn:aws:events:us-east-1:000000000000:rule/Try-Rule"]');
  clock.pass(10 * minute);
  await until(() => events()[2]);
  expect(events()).toHaveLength(3);
});

it('a function that fails is tried again as often as the target says', async () => {
  const clock = time();
  const stack = await run({ template: template(rule()), assets: { Job: fails } }, { timer: clock.timer });
  clock.pass(5 * minute);
  await until(() => stack.lines.find((line) => line.includes('attempt 2 failed: not today')));
  expect(stack.lines.filter((line) => line.startsWith('[events]'))).toHaveLength(2);
});

it('a rule without permission to invoke its function says so', async () => {
  const clock = time();
  const stack = await run({ template: template(rule(), {}), assets: { Job: echo } }, { timer: clock.timer });
  clock.pass(5 * minute);
  await until(() => stack.lines.find((line) => line.includes('events.amazonaws.com')));
  expect(stack.lines[0]).toContain('may not invoke Try-Job');
});

it('a rule that is disabled runs nothing', async () => {
  const waits: number[] = [];
  const timer: Timer = (_run, milliseconds) => {
    waits.push(milliseconds);
    return () => {};
  };
  await run({ template: template(rule({ State: 'DISABLED' })), assets: { Job: echo } }, { timer });
  expect(waits).toEqual([]);
});

it('a schedule that is no rate is refused', async () => {
  const cron = template(rule({ ScheduleExpression: 'cron(0 12 * * ? *)' }));
  await expect(run({ template: cron, assets: { Job: echo } })).rejects.toThrow('only rate(...) is known');
});

it('rates are minutes, hours or days', () => {
  expect([rateOf('rate(1 minute)'), rateOf('rate(6 hours)'), rateOf('rate(2 days)')]).toEqual([
    minute,
    360 * minute,
    2880 * minute,
  ]);
  expect([rateOf('rate(0 minutes)'), rateOf('rate(1 week)'), rateOf('cron(* * * * ? *)')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it('a period longer than a timer can hold is waited for in parts', () => {
  const clock = time();
  const waits: number[] = [];
  let runs = 0;
  const days = 40 * 1440 * minute;
  const watched: Timer = (run, milliseconds) => {
    waits.push(milliseconds);
    return clock.timer(run, milliseconds);
  };
  const end = every(days, () => (runs += 1), watched);
  clock.pass(days - 1);
  expect(runs).toBe(0);
  clock.pass(1);
  expect(runs).toBe(1);
  end();
  clock.pass(3 * days);
  expect(runs).toBe(1);
  expect(Math.max(...waits)).toBeLessThan(2 ** 31);
});
