import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { Template } from 'aws-cdk-lib/assertions';
import { arnOf, type Policy, resolver } from './permissions-template.ts';

/** A function of the template, as far as its rights go. */
export interface Actor {
  /** `functions/<name>.ts`, or what the CDK's own is called in the table. */
  readonly name: string;
  readonly roleId: string;
  readonly logArn: string;
  /** The statements of its role, each of one action on one resource. */
  readonly grants: readonly Grant[];
}

export interface Grant {
  readonly action: string;
  readonly resource: string;
}

/** Every function that the template has. */
export function actorsOf(template: Template): Actor[] {
  const read = resolver(template);
  return Object.entries(template.findResources('AWS::Lambda::Function')).map(([id, { Properties }]) => {
    const roleId = String(Properties.Role['Fn::GetAtt'][0]);
    const [, ours] = /^functions\/(.+)\.ts$/.exec(Properties.Description ?? '') ?? [];
    const logArn = arnOf('AWS::Logs::LogGroup', String(Properties.LoggingConfig?.LogGroup.Ref));
    return { name: ours ?? nameOfCdk(id), roleId, logArn, grants: grantsOf(template, roleId, read) };
  });
}

const nameOfCdk = (id: string): string => (id.startsWith('CustomCDKBucketDeployment') ? 'the page’s deployment' : id);

function grantsOf(template: Template, roleId: string, read: (part: unknown) => Policy): Grant[] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === roleId))
    .map(({ Properties }) => read(Properties.PolicyDocument));
  const role = template.findResources('AWS::IAM::Role')[roleId]?.Properties;
  const inline = (role?.Policies ?? []).map(({ PolicyDocument }: { PolicyDocument: unknown }) => read(PolicyDocument));
  if (role?.ManagedPolicyArns) throw new Error(`${roleId} has a policy of AWS's own: grant the actions themselves.`);
  return policies.concat(inline).flatMap(ofPolicy);
}

/** One to one: nothing here denies, negates or asks for a condition, which would be a statement that a grant cannot say. */
function ofPolicy({ Statement: statements }: Policy): Grant[] {
  return [statements].flat().flatMap((statement) => {
    const { Effect, Action, Resource, ...more } = Object(statement);
    if (Effect !== 'Allow' || Object.keys(more).some((key) => key !== 'Sid'))
      throw new Error(`Teach permissions-roles.ts this statement: ${JSON.stringify(statement)}`);
    return [Action].flat().flatMap((action) => [Resource].flat().map((resource) => ({ action, resource })));
  });
}

/** Whether these grants allow the action on the resource, by an evaluator of IAM's own rules. @throws Error when there is no such thing to ask */
export async function allow(grants: readonly Grant[], action: string, resource: string): Promise<boolean> {
  // A grant reaches no other service than the one it names: this saves three quarters of the questions.
  const service = /^(?:[a-z0-9-]+:|\*$)/;
  if (!grants.some((grant) => ['*', service.exec(action)?.[0]].includes(service.exec(grant.action)?.[0]))) return false;
  const Statement = grants.map((grant) => ({ Effect: 'Allow', Action: grant.action, Resource: grant.resource }));
  const outcome = await runSimulation(
    {
      identityPolicies: [{ name: 'role', policy: { Version: '2012-10-17', Statement } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      request: {
        principal: 'arn:aws:sts::123456789012:assumed-role/role/function',
        action,
        resource: { resource, accountId: '123456789012' },
        contextVariables: {},
      },
    },
    {},
  );
  if (outcome.resultType === 'error') throw new Error(`${action} on ${resource}: ${JSON.stringify(outcome.errors)}`);
  return outcome.overallResult === 'Allowed';
}
