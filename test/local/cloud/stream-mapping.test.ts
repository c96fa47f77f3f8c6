import { describe, expect, it } from '@jest/globals';
import { allow } from './assembly.ts';
import {
  ReportBatchItemFailures,
  batches,
  follows,
  hasHeard,
  heard,
  letter,
  listens,
  names,
  put,
  putAtOnce,
  readsStream,
  reports,
  sends,
  template,
  throws,
  toQueue,
} from './follower.ts';
import { run, until } from './run.ts';

describe('the mapping to a function', () => {
  it('brings batches, none larger than it says', async () => {
    const stack = await run({ template: template({ BatchSize: 2 }), assets: listens });
    await putAtOnce(stack, ['a', 'b', 'c', 'd', 'e']);
    await hasHeard(stack, 5);
    expect(Math.max(...batches(stack).map((batch) => batch.length))).toBe(2);
  });

  it('brings only what its filters want', async () => {
    const Pattern = JSON.stringify({ dynamodb: { Keys: { sk: { S: [{ prefix: 'subscription#' }] } } } });
    const stack = await run({ template: template({ FilterCriteria: { Filters: [{ Pattern }] } }), assets: listens });
    for (const sk of ['customer', 'subscription#1', 'access', 'subscription#2']) await put(stack, sk);
    expect(names(await hasHeard(stack, 2))).toEqual(['subscription#1', 'subscription#2']);
  });

  it('brings again what the function says has failed, from the first of them on', async () => {
    const stack = await run({
      template: template({ ...ReportBatchItemFailures, ...toQueue, MaximumRetryAttempts: 1 }),
      assets: reports,
    });
    await putAtOnce(stack, ['a', 'bad', 'c']);
    const message = await letter(stack);
    const [first, ...others] = batches(stack).map(names);
    const from = (first ?? []).indexOf('bad');
    expect(others).toEqual([first?.slice(from)]);
    expect(JSON.parse(message.slice(message.indexOf('{')))).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      DDBStreamBatchInfo: { batchSize: 3 - from },
    });
  });

  it('brings all of a batch again when it fails as a whole, and goes on after the last attempt', async () => {
    const stack = await run({ template: template({ ...toQueue, MaximumRetryAttempts: 2 }), assets: throws });
    await put(stack, 'bad');
    expect(await letter(stack)).toContain('[sqs] Try-Queue: ');
    await put(stack, 'good');
    expect(names(await hasHeard(stack, 4))).toEqual(['bad', 'bad', 'bad', 'good']);
  });

  it('finds the one bad record by halves, when it is told to', async () => {
    const mapping = { ...toQueue, MaximumRetryAttempts: 0, BisectBatchOnFunctionError: true };
    const stack = await run({ template: template(mapping), assets: throws });
    await putAtOnce(stack, ['a', 'b', 'bad', 'c', 'd']);
    expect(JSON.parse((await letter(stack)).slice('[sqs] Try-Queue: '.length))).toMatchObject({
      DDBStreamBatchInfo: { batchSize: 1 },
    });
    const good = () =>
      batches(stack)
        .map(names)
        .filter((batch) => !batch.includes('bad'))
        .flat();
    await until(() => (good().length === 4 ? true : undefined));
    expect(good().toSorted()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('treats an answer that names no record of the batch as the failure of all', async () => {
    const odd = follows('async (event) => { tell(event); return { batchItemFailures: [{ itemIdentifier: "7" }] }; }');
    const mapping = { ...ReportBatchItemFailures, ...toQueue, MaximumRetryAttempts: 1 };
    const stack = await run({ template: template(mapping), assets: odd });
    await putAtOnce(stack, ['a', 'b']);
    await letter(stack);
    expect(new Set(batches(stack).map((batch) => batch.length))).toEqual(new Set([2]));
  });

  it('gives up what is too old', async () => {
    const stack = await run({ template: template({ ...toQueue, MaximumRecordAgeInSeconds: 60 }), assets: listens });
    await put(stack, 'young');
    const [young] = await hasHeard(stack, 1);
    const { streams = {}, ...kept } = await stack.dump();
    const [arn = ''] = Object.keys(streams);
    const old = structuredClone(Object(young));
    old.dynamodb.ApproximateCreationDateTime -= 61;
    await stack.restore({ ...kept, tables: {}, streams: { [arn]: [old] } });
    expect(await letter(stack)).toContain('MaximumRecordAgeExceeded');
    expect(heard(stack)).toHaveLength(1);
  });

  it('that is not enabled brings nothing', async () => {
    const stack = await run({ template: template({ Enabled: false }), assets: listens });
    await put(stack, 'a');
    expect(Object.values((await stack.dump()).streams ?? {})).toEqual([[]]);
    expect(heard(stack)).toEqual([]);
  });

  it.each([
    ['dynamodb:GetRecords', [sends, allow('dynamodb:ListStreams', '*')], {}],
    ['dynamodb:ListStreams', [readsStream[0] ?? '', sends], {}],
    ['sqs:SendMessage', readsStream, toQueue],
  ])('is not made when the function’s role may not %s', async (action, statements, mapping) => {
    const made = run({ template: template(mapping, statements), assets: listens });
    await expect(made).rejects.toThrow(/role does not allow/);
    await expect(made).rejects.toThrow(action === 'dynamodb:GetRecords' ? 'dynamodb:DescribeStream' : action);
  });
});
