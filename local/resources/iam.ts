import type { Fields } from '../template/fields.ts';
import { TemplateError, type JsonObject } from '../template/json.ts';
import type { Role } from '../iam/roles.ts';
import { physicalName, shortId, type Cloud, type Provider } from './provider.ts';

/** AWS::IAM::Role */
export const role: Provider = ({ logicalId, properties }, cloud) => {
  const name = properties.text('RoleName', physicalName(cloud, logicalId));
  const inline = properties.groups('Policies').map(named);
  const created: Role = {
    arn: `arn:aws:iam::${cloud.account}:role/${name}`,
    name,
    trust: properties.group('AssumeRolePolicyDocument').values,
    policies: new Map([...inline, ...properties.texts('ManagedPolicyArns').map((arn) => managed(arn, properties))]),
  };
  cloud.roles.add(created);
  return { ref: name, attributes: { Arn: created.arn, RoleId: `AROA${shortId(created.arn, 17).toUpperCase()}` } };
};

/** AWS::IAM::Policy: an inline policy of each role it names. */
export const policy: Provider = ({ properties }, cloud) => {
  attach(properties, properties.text('PolicyName'), cloud);
  return { ref: properties.text('PolicyName') };
};

/** AWS::IAM::ManagedPolicy */
export const managedPolicy: Provider = ({ logicalId, properties }, cloud) => {
  const name = properties.text('ManagedPolicyName', physicalName(cloud, logicalId));
  attach(properties, name, cloud);
  return { ref: `arn:aws:iam::${cloud.account}:policy/${name}` };
};

function attach(properties: Fields, name: string, cloud: Cloud): void {
  for (const roleName of properties.texts('Roles')) {
    const found = cloud.roles.byName(roleName);
    if (found === undefined) {
      throw new TemplateError(
        `${properties.place}.Roles`,
        `names ${roleName}, which is no role of this stack.`,
        'Mend lib/.',
      );
    }
    found.policies.set(name, properties.group('PolicyDocument').values);
  }
}

function named(inline: Fields): [string, JsonObject] {
  return [inline.text('PolicyName'), inline.group('PolicyDocument').values];
}

/** The managed policies of AWS that a stack here may name, as AWS words them. */
const managedPolicies: Readonly<Record<string, readonly string[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
  AWSXRayDaemonWriteAccess: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
};

function managed(arn: string, properties: Fields): [string, JsonObject] {
  const name = arn.replace(/^arn:aws:iam::aws:policy\//, '');
  const actions = managedPolicies[name];
  if (actions === undefined) {
    const todo = 'Grant the actions themselves, or add the policy to local/resources/iam.ts.';
    throw new TemplateError(`${properties.place}.ManagedPolicyArns`, `names ${arn}, which is not known here.`, todo);
  }
  return [arn, { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [...actions], Resource: '*' }] }];
}
