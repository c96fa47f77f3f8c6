import { expect, it } from '@jest/globals';
import { inTurn } from '../../../local/dynamodb/turns.ts';

it('work in turn begins when what came before has ended, well or not', async () => {
  const turn = inTurn();
  const steps: string[] = [];
  const work = (name: string, fails: boolean) => async () => {
    steps.push(`${name} begins`);
    await new Promise(setImmediate);
    steps.push(`${name} ends`);
    if (fails) throw new Error(name);
    return name;
  };
  const outcomes = await Promise.allSettled([turn(work('one', true)), turn(work('two', false))]);
  expect(steps).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  expect(outcomes).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: 'two' }]);
});
