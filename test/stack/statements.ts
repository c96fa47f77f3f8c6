import { isDeepStrictEqual } from 'node:util';
import type { Template } from 'aws-cdk-lib/assertions';

/** `action on resource`, both as the template has them, of all roles by their logical id. */
export const allowedByRole = (template: Template): ReadonlyMap<string, readonly Allowed[]> => {
  const roles = new Map<string, Allowed[]>(Object.keys(template.findResources('AWS::IAM::Role')).map((id) => [id, []]));
  for (const { Properties: policy } of Object.values(template.findResources('AWS::IAM::Policy'))) {
    for (const { Ref: role } of policy.Roles) roles.get(role)?.push(...allowed(policy.PolicyDocument.Statement));
  }
  return roles;
};

export interface Allowed {
  readonly action: string;
  readonly resource: unknown;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const allowed = (statements: readonly Statement[]): Allowed[] =>
  statements.flatMap(({ Effect, Action, Resource }) => {
    if (Effect !== 'Allow') throw new Error(`No statement but Allow was expected, and here is ${Effect}.`);
    return [Action].flat().flatMap((action) => [Resource].flat().map((resource) => ({ action, resource })));
  });

/** The name of the first entry that is this very resource, or the resource itself, written out. */
export const nameOf = (resource: unknown, names: Readonly<Record<string, unknown>>): string =>
  Object.entries(names).find(([, known]) => isDeepStrictEqual(known, resource))?.[0] ?? JSON.stringify(resource);
