import { fields, type Fields } from './fields.ts';
import type { JsonObject } from './json.ts';

export interface Resource {
  logicalId: string;
  type: string;
  properties: JsonObject;
  dependsOn: string[];
  condition: string | undefined;
}

export interface Template {
  resources: Map<string, Resource>;
  conditions: JsonObject;
  mappings: JsonObject;
  outputs: JsonObject;
  parameters: Map<string, string>;
}

// What changes nothing here, and why. What is honoured is what is read below.
const ignoredSections = {
  AWSTemplateFormatVersion: 'there is only one',
  Description: 'for people',
  Metadata: 'for the console',
  Rules: 'they ask for the CDK bootstrap stack, which a machine does not have, and for us-east-1, which it is here',
};

const ignoredAttributes = {
  DeletionPolicy: 'the whole local cloud is in memory and ends with the process',
  UpdateReplacePolicy: 'nothing is updated in place: a change is a new start',
  Metadata: 'for tools such as the CDK and cdk-nag',
};

const reader = 'local/template/template.ts';

/** Takes a template apart; a section or a resource attribute that is not known is an error. */
export function parseTemplate(template: JsonObject): Template {
  const top = fields(template, 'template');
  const resources = top.group('Resources');
  const parsed = {
    resources: new Map(Object.keys(resources.values).map((id) => [id, parseResource(id, resources.group(id))])),
    conditions: top.group('Conditions').values,
    mappings: top.group('Mappings').values,
    outputs: top.group('Outputs').values,
    parameters: parseParameters(top.group('Parameters')),
  };
  top.done(reader, ignoredSections);
  return parsed;
}

function parseResource(logicalId: string, resource: Fields): Resource {
  const parsed = {
    logicalId,
    type: resource.text('Type'),
    properties: resource.group('Properties').values,
    dependsOn: dependsOn(resource),
    condition: resource.has('Condition') ? resource.text('Condition') : undefined,
  };
  resource.done(reader, ignoredAttributes);
  return parsed;
}

function dependsOn(resource: Fields): string[] {
  if (!resource.has('DependsOn')) return [];
  return Array.isArray(resource.values['DependsOn']) ? resource.texts('DependsOn') : [resource.text('DependsOn')];
}

/** Defaults only: `cdk deploy` of this stack is given no parameters either. BootstrapVersion is CDK's own check. */
function parseParameters(parameters: Fields): Map<string, string> {
  const names = Object.keys(parameters.values);
  return new Map(names.map((name) => [name, parameters.group(name).text('Default')]));
}

/** A resource that a function of the operator's own makes. */
export const isCustom = (type: string): boolean =>
  type === 'AWS::CloudFormation::CustomResource' || type.startsWith('Custom::');
