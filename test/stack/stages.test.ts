import { describe, expect, it } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { appWith, stackOf, templateWith } from './synthesized.ts';

// The longest there are, told apart by their last letter: what a name is cut off to must tell them apart too.
const stages = ['a', 'b'].map((letter) =>
  stackOf(appWith({ context: { stage: `${'x'.repeat(19)}${letter}`, waf: true } })),
);
const templates = stages.map((stack) => Template.fromStack(stack));

/** Properties by which a resource has a name that is taken then: in its account, its region or the world. */
const NAMES = /^(Name|[A-Za-z]+Name|Domain|MetricName)$/;
/** Names of something inside of the resource, or of something else. */
const INNER =
  /\.(KeySchema|AttributeDefinitions|TimeToLiveSpecification|GlobalSecondaryIndexes|ManagedPolicyArns|Origins|Rules|Schema|RecoveryMechanisms|Dimensions)\b|\.(DestinationBucketName|FunctionName|EventBusName|StageName|PolicyName)$|\.WatchingAlarms\w+\.(\S+\.)?MetricName$/;

/** Every name that is text, or partly so, by where it stands. Text alone, or text with what all stages share, may collide. */
const namesIn = (value: unknown, path = ''): [string, string][] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): [string, string][] => {
    const at = `${path}.${key}`;
    if (NAMES.test(key) && !INNER.test(at) && !isReference(inner)) return [[at, JSON.stringify(inner)]];
    return namesIn(inner, at);
  });
};

const isReference = (value: unknown): boolean => typeof value === 'object' && value !== null && 'Ref' in value;

/** An authorizer is called so within its API only. */
const propertiesIn = (template: Template): unknown =>
  Object.fromEntries(
    Object.entries<{ Type: string; Properties?: unknown }>(template.toJSON()['Resources']).flatMap(([id, resource]) =>
      resource.Type === 'AWS::ApiGatewayV2::Authorizer' ? [] : [[id, resource.Properties]],
    ),
  );

describe('two stages side by side in one account', () => {
  it('are stacks of their own', () => {
    expect(stages.map((stack) => stack.stackName)).toEqual([
      `Subscriptions-${'x'.repeat(19)}a`,
      `Subscriptions-${'x'.repeat(19)}b`,
    ]);
  });

  it('have no name in common that AWS would refuse the second of', () => {
    const [first = [], second = []] = templates.map((template) => namesIn(propertiesIn(template)));
    const names = new Map(first);
    expect(first.length).toBeGreaterThan(5);
    const shared = second.filter(([at, name]) => names.get(at) === name && !name.includes('AWS::StackId'));
    expect(shared).toEqual([]);
  });

  it('export nothing, so that neither keeps the other from being changed', () => {
    for (const template of templates) expect(JSON.stringify(template.toJSON()['Outputs'])).not.toContain('"Export"');
  });

  it('have the same outputs, each in its own file or under its own name in one', () => {
    const [first = {}, second = {}] = templates.map((template) => template.findOutputs('*'));
    expect(Object.keys(first)).toEqual(Object.keys(second));
  });
});

describe('a throw-away stage', () => {
  const template = templateWith({ context: { stage: 'try', removal: 'destroy' } });

  it('leaves nothing behind', () => {
    expect(JSON.stringify(template.toJSON())).not.toMatch(/"(DeletionPolicy|UpdateReplacePolicy)":"Retain/);
    template.hasResourceProperties('AWS::DynamoDB::Table', { DeletionProtectionEnabled: false });
    template.hasResourceProperties('AWS::Cognito::UserPool', { DeletionProtection: 'INACTIVE' });
  });
});

describe('any stack that is destroyed', () => {
  const template = templateWith();

  it('empties its bucket first, which could not be deleted else', () => {
    template.hasResourceProperties('Custom::CDKBucketDeployment', { RetainOnDelete: false });
  });

  it('keeps the records and the users, and nothing else', () => {
    const resources = Object.values<{ Type: string; DeletionPolicy?: string }>(template.toJSON()['Resources']);
    const kept = resources.filter(({ DeletionPolicy }) => DeletionPolicy?.startsWith('Retain'));
    expect(kept.map(({ Type }) => Type).sort()).toEqual(['AWS::Cognito::UserPool', 'AWS::DynamoDB::Table']);
  });
});
