import { countedIn } from '../cloudwatch/embedded.ts';
import type { Fields } from '../template/fields.ts';
import { isObject, TemplateError, type Json } from '../template/json.ts';
import type { Role } from '../iam/roles.ts';
import type { FunctionDefinition } from '../lambda/definition.ts';
import { arn, type Cloud } from './provider.ts';

/** The function's role, if Lambda may assume it; otherwise Lambda refuses to create the function. */
export function roleOf(properties: Fields, cloud: Cloud): Role {
  const found = cloud.roles.byArn(properties.text('Role'));
  const place = `${properties.place}.Role`;
  if (found === undefined)
    throw new TemplateError(place, 'is no role of this stack.', 'Give the function one in lib/.');
  if (trustsLambda(found)) return found;
  const todo = `Let lambda.amazonaws.com do sts:AssumeRole with ${found.name}.`;
  throw new TemplateError(place, 'The role defined for the function cannot be assumed by Lambda.', todo);
}

function trustsLambda({ trust }: Role): boolean {
  return listOf(trust['Statement']).some(
    (statement) =>
      isObject(statement) &&
      statement['Effect'] === 'Allow' &&
      listOf(statement['Action']).includes('sts:AssumeRole') &&
      isObject(statement['Principal']) &&
      listOf(statement['Principal']['Service']).includes('lambda.amazonaws.com'),
  );
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** Lambda creates no function with active tracing whose role may not yet send traces: a missing grant, or DependsOn. */
export async function checkTracing(
  role: Role,
  { name }: FunctionDefinition,
  properties: Fields,
  cloud: Cloud,
): Promise<void> {
  const decision = await cloud.decide(role, name, 'xray:PutTraceSegments', '*');
  if (decision.kind === 'allowed') return;
  const problem = 'The provided execution role does not have permissions to call PutTraceSegments on XRAY.';
  const todo = 'Allow it, and let the function depend on the policy that does.';
  throw new TemplateError(`${properties.place}.TracingConfig`, problem, todo);
}

/** CloudWatch loses the lines of a function whose role may not write them, without a word. Here there is a word. */
export function logOf(role: Role, { name, logGroup }: FunctionDefinition, cloud: Cloud): (line: string) => void {
  const stream = arn(cloud, 'logs', `log-group:${logGroup}:log-stream:local/${name}`);
  const check = async (): Promise<boolean> => {
    for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents']) {
      const decision = await cloud.decide(role, name, action, stream);
      if (decision.kind === 'allowed') continue;
      cloud.log(`[${name}] What it logs is lost: its role is not allowed ${action} on ${stream}`);
      return false;
    }
    return true;
  };
  let allowed: Promise<boolean> | undefined;
  return (line) => {
    allowed ??= check();
    // Lines keep their order: they wait for one and the same promise.
    void allowed.then((written) => (written ? write(name, line, cloud) : undefined));
  };
}

/** CloudWatch counts what it finds in the lines that it gets. */
function write(name: string, line: string, { log, metrics }: Cloud): void {
  log(`[${name}] ${line}`);
  for (const { metric, values } of countedIn(line)) for (const value of values) metrics.record(metric, value);
}
