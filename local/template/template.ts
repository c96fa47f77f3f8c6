import { fields, type Fields } from './fields.ts';
import { TemplateError, type Json, type JsonObject } from './json.ts';

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

const sections = {
  honoured: ['Resources', 'Conditions', 'Mappings', 'Outputs', 'Parameters'],
  ignored: {
    AWSTemplateFormatVersion: 'there is only one',
    Description: 'for people',
    Metadata: 'for the console',
    Rules: 'CheckBootstrapVersion: it looks for the CDK bootstrap stack, which a machine does not have',
  },
} as const;

const attributes = {
  honoured: ['Type', 'Properties', 'DependsOn', 'Condition'],
  ignored: {
    DeletionPolicy: 'the whole local cloud is in memory and ends with the process',
    UpdateReplacePolicy: 'nothing is updated in place: a change is a new start',
    Metadata: 'for tools such as the CDK and cdk-nag',
  },
} as const;

/** Takes a template apart; a section or a resource attribute that is not known is an error. */
export function parseTemplate(template: JsonObject): Template {
  const top = fields(template, 'template');
  refuseUnknown(top, sections);
  const resources = top.group('Resources');
  return {
    resources: new Map(Object.keys(resources.values).map((id) => [id, parseResource(id, resources.group(id))])),
    conditions: top.group('Conditions').values,
    mappings: top.group('Mappings').values,
    outputs: top.group('Outputs').values,
    parameters: parseParameters(top.group('Parameters')),
  };
}

function parseResource(logicalId: string, resource: Fields): Resource {
  refuseUnknown(resource, attributes);
  return {
    logicalId,
    type: resource.text('Type'),
    properties: resource.group('Properties').values,
    dependsOn: dependsOn(resource.values['DependsOn']),
    condition: resource.has('Condition') ? resource.text('Condition') : undefined,
  };
}

function dependsOn(value: Json | undefined): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === 'string');
}

/** Defaults only: `cdk deploy` of this stack is given no parameters either. BootstrapVersion is CDK's own check. */
function parseParameters(parameters: Fields): Map<string, string> {
  const names = Object.keys(parameters.values);
  return new Map(names.map((name) => [name, parameters.group(name).text('Default')]));
}

function refuseUnknown(group: Fields, known: { honoured: readonly string[]; ignored: object }): void {
  for (const name of Object.keys(group.values)) {
    if (known.honoured.includes(name) || name in known.ignored) continue;
    throw new TemplateError(`${group.place}.${name}`, 'is not known here.', 'Add it to local/template/template.ts.');
  }
}
