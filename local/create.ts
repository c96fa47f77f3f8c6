import { stackArn, type Cloud, type Created } from './resources/provider.ts';
import { providerOf } from './resources/registry.ts';
import type { ResourceReport } from './resources/report.ts';
import type { Assembly } from './template/assembly.ts';
import { checkKnown, unknownType } from './template/check.ts';
import { conditionNamed } from './template/conditions.ts';
import { fields, type Fields } from './template/fields.ts';
import { resolve, resolveObject, type Scope } from './template/intrinsics.ts';
import { isObject, TemplateError } from './template/json.ts';
import { inCreationOrder } from './template/order.ts';
import { parseTemplate, type Resource, type Template } from './template/template.ts';

/** Creates every resource, each after those it leans on, and returns the stack's outputs. @param report told of each */
export async function createStack(
  assembly: Assembly,
  cloud: Cloud,
  report: (resource: ResourceReport) => void = () => {},
): Promise<Record<string, string>> {
  const template = parseTemplate(assembly.template);
  const created = new Map<string, Created>();
  const scope = scopeOf(template, created, cloud);
  const wanted = [...template.resources.values()].filter(
    ({ condition }) => condition === undefined || scope.condition(condition) === true,
  );
  // First of all: nothing is started for a template that cannot be run.
  checkKnown(wanted);
  for (const resource of inCreationOrder(new Map(wanted.map((one) => [one.logicalId, one])))) {
    created.set(resource.logicalId, await reported(resource, report, () => create(resource, scope, cloud)));
  }
  return outputsOf(template, scope);
}

async function reported(
  { logicalId, type }: Resource,
  report: (resource: ResourceReport) => void,
  make: () => Promise<Created>,
): Promise<Created> {
  report({ logicalId, type, status: 'CREATE_IN_PROGRESS' });
  try {
    const created = await make();
    report({ logicalId, type, status: 'CREATE_COMPLETE', physicalId: created.ref });
    return created;
  } catch (error) {
    report({
      logicalId,
      type,
      status: 'CREATE_FAILED',
      reason: error instanceof Error ? error.message : String(error),
    });
    throw error;
  }
}

async function create({ logicalId, type, properties }: Resource, scope: Scope, cloud: Cloud): Promise<Created> {
  const provider = providerOf(type);
  if (provider === undefined) throw unknownType(logicalId, type);
  const place = `${logicalId}.Properties`;
  return provider({ logicalId, type, properties: fields(resolveObject(properties, scope, place), place) }, cloud);
}

function scopeOf(template: Template, created: ReadonlyMap<string, Created>, cloud: Cloud): Scope {
  const pseudo = pseudoParameters(cloud);
  const scope: Scope = {
    ref: (name) => pseudo[name] ?? template.parameters.get(name) ?? created.get(name)?.ref,
    attribute: (logicalId, name) => created.get(logicalId)?.attributes?.[name],
    mapping: (map, key, name) => {
      const keys = template.mappings[map];
      const names = isObject(keys) ? keys[key] : undefined;
      return isObject(names) ? names[name] : undefined;
    },
    condition: (name) => conditionNamed(name, template.conditions, scope),
    localize: cloud.addresses.localize,
  };
  return scope;
}

function pseudoParameters({ account, region, stackName }: Cloud): Readonly<Record<string, string>> {
  return {
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': stackArn(account, region, stackName),
    'AWS::StackName': stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
}

function outputsOf({ outputs }: Template, scope: Scope): Record<string, string> {
  const all = fields(outputs, 'Outputs');
  const wanted = Object.keys(outputs)
    .map((name): [string, Fields] => [name, all.group(name)])
    .filter(([, output]) => !output.has('Condition') || scope.condition(output.text('Condition')) === true);
  return Object.fromEntries(
    wanted.map(([name, output]) => {
      const value = resolve(output.values['Value'] ?? null, scope, `${output.place}.Value`);
      if (typeof value === 'string') return [name, value];
      throw new TemplateError(`${output.place}.Value`, 'should be a string once resolved.', 'Mend it in lib/.');
    }),
  );
}
