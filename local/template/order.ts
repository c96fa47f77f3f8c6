import { intrinsicName } from './intrinsics.ts';
import { isObject, TemplateError, type Json, type JsonObject } from './json.ts';
import type { Resource } from './template.ts';

/** The resources, each after those that it refers to or depends on, as CloudFormation would create them. */
export function inCreationOrder(resources: ReadonlyMap<string, Resource>): Resource[] {
  const aliases = aliasesOf(resources);
  const ordered = new Set<Resource>();
  const visit = (resource: Resource, path: string[]): void => {
    if (ordered.has(resource)) return;
    if (path.includes(resource.logicalId)) throw circle([...path, resource.logicalId]);
    for (const id of new Set([...resource.dependsOn, ...referredTo(resource.properties, aliases)])) {
      const dependency = resources.get(id);
      if (dependency !== undefined) visit(dependency, [...path, resource.logicalId]);
    }
    ordered.add(resource);
  };
  for (const resource of resources.values()) visit(resource, []);
  return [...ordered];
}

function circle(path: string[]): TemplateError {
  return new TemplateError('Resources', `circular dependency: ${path.join(' -> ')}.`, 'Break the circle in lib/.');
}

/** A URL with a distribution's own name is plain text, and leans on the distribution: here it turns into its local address. */
function aliasesOf(resources: ReadonlyMap<string, Resource>): ReadonlyMap<string, string> {
  const aliases = [...resources.values()].flatMap(({ logicalId, type, properties }) => {
    const names = type === 'AWS::CloudFront::Distribution' ? namesOf(properties) : [];
    return names.map((name): [string, string] => [`https://${name}`, logicalId]);
  });
  return new Map(aliases);
}

function namesOf({ DistributionConfig: config }: JsonObject): string[] {
  const names = isObject(config) ? config['Aliases'] : undefined;
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}

/** Every logical id (and pseudo parameter) named by a Ref, Fn::GetAtt or Fn::Sub anywhere in the value, or by an alias. */
function referredTo(value: Json, aliases: ReadonlyMap<string, string>): string[] {
  if (typeof value === 'string') return [...aliases].flatMap(([url, id]) => (value.startsWith(url) ? [id] : []));
  if (Array.isArray(value)) return value.flatMap((item) => referredTo(item, aliases));
  if (!isObject(value)) return [];
  const name = intrinsicName(value);
  const inside = Object.values(value).flatMap((item) => referredTo(item, aliases));
  return name === undefined ? inside : [...namedBy(name, firstText(value[name])), ...inside];
}

function namedBy(intrinsic: string, argument: string): string[] {
  if (intrinsic === 'Ref') return [argument];
  if (intrinsic === 'Fn::GetAtt') return argument.split('.').slice(0, 1);
  if (intrinsic !== 'Fn::Sub') return [];
  return [...argument.matchAll(/\$\{([^!}][^}.]*)/g)].map((match) => match[1] ?? '');
}

/** The argument, or the first of several, where it is text. */
function firstText(argument: Json | undefined): string {
  const first = Array.isArray(argument) ? argument[0] : argument;
  return typeof first === 'string' ? first : '';
}
