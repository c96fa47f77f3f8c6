import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../local/template/json.ts';
import { getAtt, lambdaFunction, ref, type Parts } from './assembly.ts';
import { run } from './run.ts';

/** A function that answers with what `outcome`, an expression over `event`, says. */
const maker = (outcome: string): string => `export const handler = async (event) => {
  console.log('asked ' + JSON.stringify(event));
  const outcome = ${outcome};
  if (!outcome) return;
  const { RequestId, StackId, LogicalResourceId } = event;
  const body = JSON.stringify({ RequestId, StackId, LogicalResourceId, ...outcome });
  await fetch(event.ResponseURL, { method: 'PUT', body });
};`;

const names = `{ Status: 'SUCCESS', PhysicalResourceId: 'pair of ' + event.ResourceProperties.Name, Data: {
  Greeting: 'hello ' + event.ResourceProperties.Name,
} }`;

function template(outcome: string, properties: JsonObject = { Name: 'Ada' }): Parts {
  const Resources = {
    ...lambdaFunction('Maker'),
    Made: { Type: 'Custom::Greeting', Properties: { ServiceToken: getAtt('Maker', 'Arn'), ...properties } },
  };
  const Outputs = { Id: { Value: ref('Made') }, Greeting: { Value: getAtt('Made', 'Greeting') } };
  return { template: { Resources, Outputs }, assets: { Maker: { 'index.mjs': maker(outcome) } } };
}

type Asked = Record<string, unknown>;
const askedOf = ({ lines }: { lines: string[] }): Asked[] =>
  lines.flatMap((line) => {
    const [, event] = /asked (\{.*\})/.exec(line) ?? [];
    return event === undefined ? [] : [JSON.parse(event)];
  });

describe('a custom resource', () => {
  it('is made by its function, which is asked as CloudFormation asks: all values are text', async () => {
    const stack = await run(template(names, { Name: 'Ada', Count: 3, Flags: [true, { Deep: 1.5 }] }));
    expect(stack.outputs).toEqual({ Id: 'pair of Ada', Greeting: 'hello Ada' });
    const [asked, ...more] = askedOf(stack);
    expect(more).toEqual([]);
    expect(asked).toMatchObject({
      RequestType: 'Create',
      ResourceType: 'Custom::Greeting',
      LogicalResourceId: 'Made',
      StackId: expect.stringContaining(':stack/Try/'),
      ResourceProperties: { Name: 'Ada', Count: '3', Flags: ['true', { Deep: '1.5' }] },
    });
    expect(asked).not.toHaveProperty('PhysicalResourceId');
  });

  it('is still there in another life, and asked for anew only when its properties change', async () => {
    const first = await run(template(names));
    const earlier = await first.dump();
    const same = await run(template(names), { earlier });
    expect([same.outputs, askedOf(same)]).toEqual([first.outputs, []]);
    expect((await same.dump()).customResources).toEqual(earlier.customResources);
    const changed = await run(template(names, { Name: 'Mia' }), { earlier });
    expect(changed.outputs).toMatchObject({ Id: 'pair of Mia' });
    expect(askedOf(changed)).toEqual([
      expect.objectContaining({
        RequestType: 'Update',
        PhysicalResourceId: 'pair of Ada',
        OldResourceProperties: expect.objectContaining({ Name: 'Ada' }),
      }),
    ]);
  });

  it.each([
    [`{ Status: 'FAILED', Reason: 'no such name' }`, /Made: .*\[FAILED\].*no such name/],
    ['null', /Made: .*the function sent none \(it returned\)/],
    [`(() => { throw new RangeError('too far') })()`, /Made: .*sent none \(RangeError: too far\)/],
    [`{ Status: 'SUCCESS', PhysicalResourceId: '' }`, /Made: Invalid PhysicalResourceId/],
    [`{ Status: 'DONE', PhysicalResourceId: 'x' }`, /Made: .*DONE, which is not SUCCESS or FAILED/],
    [`{ Status: 'SUCCESS', PhysicalResourceId: 'x', RequestId: 'other' }`, /Made: .*another RequestId/],
    [`{ Status: 'SUCCESS', PhysicalResourceId: 'x', Data: { Long: 'x'.repeat(5000) } }`, /Made: .*sent none/],
  ])('whose function ends with %s fails the stack, and says why', async (outcome, reason) => {
    await expect(run(template(outcome))).rejects.toThrow(reason);
  });
});

it('a custom resource that the template has no more is gone in another life', async () => {
  const earlier = await (await run(template(names))).dump();
  const { customResources } = await (await run({ template: { Resources: {} } }, { earlier })).dump();
  expect(customResources).toEqual({});
});

describe('a secret', () => {
  const keys = { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'keys' } };

  it('has in another life of its stack what it had, and is gone with its resource', async () => {
    const earlier = { secrets: { keys: 'mine' } };
    const again = await run({ template: { Resources: { Keys: keys } } }, { earlier });
    expect((await again.dump()).secrets).toEqual({ keys: 'mine' });
    const without = await run({ template: { Resources: {} } }, { earlier });
    expect((await without.dump()).secrets).toEqual({});
  });
});
