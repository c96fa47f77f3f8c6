import { intrinsicName } from './intrinsics.ts';
import { isObject, TemplateError, type Json } from './json.ts';
import type { Resource } from './template.ts';

/** The resources, each after those that it refers to or depends on, as CloudFormation would create them. */
export function inCreationOrder(resources: ReadonlyMap<string, Resource>): Resource[] {
  const ordered = new Set<Resource>();
  const visit = (resource: Resource, path: string[]): void => {
    if (ordered.has(resource)) return;
    if (path.includes(resource.logicalId)) throw circle([...path, resource.logicalId]);
    for (const id of new Set([...resource.dependsOn, ...referredTo(resource.properties)])) {
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

/** Every logical id (and pseudo parameter) named by a Ref, Fn::GetAtt or Fn::Sub anywhere in the value. */
function referredTo(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(referredTo);
  if (!isObject(value)) return [];
  const name = intrinsicName(value);
  const inside = Object.values(value).flatMap(referredTo);
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
