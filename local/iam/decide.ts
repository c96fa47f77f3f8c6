import { runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import { sessionArn, type Role } from './roles.ts';

/** `unknown`: the evaluator has no such action, or the action no such resource, or a policy is malformed. */
export type Decision = { kind: 'allowed' | 'denied' | 'not allowed' } | { kind: 'unknown'; reason: string };

export type Decide = (role: Role, session: string, action: string, resource: string) => Promise<Decision>;

/**
 * Whether the role's policies allow the action on the resource, by an evaluator of IAM's own rules. No condition keys
 * are given to it: a statement that asks for one does not match here. Decisions are remembered, since the documents of
 * a role do not change once the stack stands; the number of documents is in the key for the time before that.
 */
export function decider(): Decide {
  const remembered = new Map<string, Promise<Decision>>();
  return (role, session, action, resource) => {
    const key = [role.arn, role.policies.size, action, resource].join(' ');
    const decision = remembered.get(key) ?? decide(role, session, action, resource);
    if (remembered.size < 10_000) remembered.set(key, decision);
    return decision;
  };
}

async function decide(role: Role, session: string, action: string, resource: string): Promise<Decision> {
  const outcome = await runSimulation(simulation(role, session, action, resource), {}).catch(asFault);
  if (outcome.resultType === 'error') return { kind: 'unknown', reason: JSON.stringify(outcome.errors) };
  if (outcome.overallResult === 'Allowed') return { kind: 'allowed' };
  return { kind: outcome.overallResult === 'ExplicitlyDenied' ? 'denied' : 'not allowed' };
}

function asFault(error: unknown): { resultType: 'error'; errors: string } {
  return { resultType: 'error', errors: String(error) };
}

function simulation(role: Role, session: string, action: string, resource: string): Simulation {
  const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  return {
    identityPolicies: [...role.policies].map(([name, policy]) => ({ name, policy })),
    serviceControlPolicies: [{ orgIdentifier: 'o-local', policies: [{ name: 'FullAWSAccess', policy: everything }] }],
    resourceControlPolicies: [],
    request: {
      principal: sessionArn(role, session),
      action,
      resource: { resource, accountId: role.arn.split(':')[4] ?? '' },
      contextVariables: {},
    },
  };
}
