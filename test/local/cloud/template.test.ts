import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../local/template/json.ts';
import { lambdaFunction, ref, writeAssembly } from './assembly.ts';
import { run } from './run.ts';
import { providers } from '../../../local/resources/registry.ts';
import { knownProperties } from '../../../local/template/properties.ts';
import { startCloud } from '../../../local/cloud.ts';

const group = (LogGroupName: unknown): JsonObject => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: JSON.parse(JSON.stringify({ LogGroupName })),
});

/** The template's outputs, `Value` by `Value`. */
async function outputs(values: Record<string, unknown>, template: JsonObject = {}): Promise<Record<string, string>> {
  const Outputs = Object.fromEntries(Object.entries(values).map(([name, Value]) => [name, { Value }]));
  const written = JSON.parse(JSON.stringify({ Resources: { Log: group('log') }, ...template, Outputs }));
  const stack = await run({ template: written });
  return stack.outputs;
}

const start = (Resources: JsonObject): Promise<unknown> => run({ template: { Resources } });

describe('intrinsic functions', () => {
  it('resolve as CloudFormation resolves them', async () => {
    const resolved = await outputs(
      {
        Ref: ref('Log'),
        Attribute: { 'Fn::GetAtt': ['Log', 'Arn'] },
        Dotted: { 'Fn::GetAtt': 'Log.Arn' },
        Join: { 'Fn::Join': ['-', ['a', ref('AWS::Region'), ref('AWS::NoValue'), 'b']] },
        Sub: { 'Fn::Sub': '${Log} in ${AWS::AccountId}, ${Log.Arn}, ${!Literal}' },
        SubWith: { 'Fn::Sub': ['${One} and ${Two}', { One: ref('Log'), Two: '2' }] },
        Select: { 'Fn::Select': [2, { 'Fn::Split': ['/', 'https://example.com/path'] }] },
        Map: { 'Fn::FindInMap': ['Sizes', ref('AWS::Region'), 'small'] },
        If: { 'Fn::If': ['InUs', 'yes', 'no'] },
        Parameter: ref('Stage'),
      },
      {
        Mappings: { Sizes: { 'us-east-1': { small: '1' } } },
        Parameters: { Stage: { Type: 'String', Default: 'test' } },
        Conditions: {
          InUs: {
            'Fn::And': [{ 'Fn::Equals': [ref('AWS::Region'), 'us-east-1'] }, { 'Fn::Not': [{ Condition: 'InEu' }] }],
          },
          InEu: { 'Fn::Equals': [ref('AWS::Region'), 'eu-west-1'] },
        },
      },
    );
    const arn = 'arn:aws:logs:us-east-1:000000000000:log-group:log:*';
    expect(resolved).toEqual({
      Ref: 'log',
      Attribute: arn,
      Dotted: arn,
      Join: 'a-us-east-1-b',
      Sub: `log in 000000000000, ${arn}, \${Literal}`,
      SubWith: 'log and 2',
      Select: 'example.com',
      Map: '1',
      If: 'yes',
      Parameter: 'test',
    });
  });

  it.each([
    [{ 'Fn::ImportValue': 'other' }, 'Outputs.It.Value: uses Fn::ImportValue, which is not known here.'],
    [ref('Nobody'), 'Outputs.It.Value.Ref: refers to Nobody'],
    [{ 'Fn::GetAtt': ['Log', 'Colour'] }, 'Outputs.It.Value.Fn::GetAtt: asks for the attribute Colour of Log'],
    [{ 'Fn::Select': [5, ['a']] }, 'Outputs.It.Value.Fn::Select: has no item 5.'],
    [{ 'Fn::Join': ['', [{ list: [] }]] }, 'Outputs.It.Value.Fn::Join: wants a string here.'],
  ])('that cannot be resolved are an error that names the place: %j', async (value, message) => {
    await expect(outputs({ It: value })).rejects.toThrow(message);
  });
});

describe('resources', () => {
  it('are created after those they refer to, whatever their order in the template', async () => {
    const Resources = { First: group({ 'Fn::Sub': '${Second}-and-first' }), Second: group('second') };
    const stack = await run({ template: { Resources, Outputs: { Name: { Value: ref('First') } } } });
    expect(stack.outputs['Name']).toBe('second-and-first');
  });

  it('that refer to each other in a circle are an error that shows the circle', async () => {
    const circle = { A: group(ref('B')), B: group(ref('C')), C: group(ref('A')) };
    await expect(start(circle)).rejects.toThrow('circular dependency: A -> B -> C -> A');
  });

  it('whose condition does not hold are left out', async () => {
    const template = {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { Log: group('log'), Queue: { Type: 'AWS::SQS::Queue', Condition: 'Never' } },
    };
    await expect(run({ template })).resolves.toBeDefined();
  });

  it('of an unknown type are an error that says where to add the type', async () => {
    const message =
      'Stream: is of type AWS::Kinesis::Stream, which the local cloud does not know. Write its provider in local/resources/';
    await expect(start({ Stream: { Type: 'AWS::Kinesis::Stream' } })).rejects.toThrow(message);
  });

  it('with unknown properties are an error that names all of them, of all resources, deep ones too', async () => {
    const resources = lambdaFunction('Fn', [], {
      DeadLetterConfig: { TargetArn: 'x' },
      LoggingConfig: { LogFormat: 'JSON' },
    });
    const Properties = { AnalyticsConfiguration: {}, TokenValidityUnits: { AccessToken: 'hours', Colour: 'red' } };
    const client = { Type: 'AWS::Cognito::UserPoolClient', Properties };
    const error = await start({ ...resources, Client: client }).catch(String);
    expect(error).toContain('Client.Properties.AnalyticsConfiguration: is not known to the local cloud.');
    expect(error).toContain('Client.Properties.TokenValidityUnits.Colour: is not known to the local cloud.');
    expect(error).toContain('Fn.Properties.DeadLetterConfig: is not known to the local cloud.');
    expect(error).toContain('Fn.Properties.LoggingConfig.LogFormat: is not known to the local cloud.');
    expect(error).toContain('or list it with the reason in local/template/properties.ts under AWS::Lambda::Function');
  });

  it('with an unknown attribute beside their properties are an error', async () => {
    const log = { ...group('log'), CreationPolicy: {} };
    await expect(start({ Log: log })).rejects.toThrow(
      'Log.CreationPolicy: is not known to the local cloud. Honour it in local/template/template.ts',
    );
  });

  it('whose asset is not in the assembly are an error that names it', async () => {
    await expect(start(lambdaFunction('Fn'))).rejects.toThrow('Fn.Properties.Code.S3Key: names the asset Fn.zip');
  });
});

it('every type that can be created has its properties listed, and the other way round', () => {
  expect(Object.keys(knownProperties).sort()).toEqual(Object.keys(providers).sort());
});

describe('the cloud assembly', () => {
  it('that is not there leads to synthesis', async () => {
    await expect(startCloud({ assembly: '/nowhere', port: 0 })).rejects.toThrow('npx cdk synth');
  });

  it('holds one stack', async () => {
    const assembly = writeAssembly({ template: { Resources: {} }, stacks: ['One', 'Two'] });
    await expect(startCloud({ assembly, port: 0 })).rejects.toThrow('has 2 stacks (One, Two), wanted one.');
  });

  it('without a distribution has nothing to open', async () => {
    const assembly = writeAssembly({ template: { Resources: { Log: group('log') } } });
    await expect(startCloud({ assembly, port: 0 })).rejects.toThrow('has 0 of AWS::CloudFront::Distribution');
  });
});
