import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Fields } from '../template/fields.ts';
import { TemplateError } from '../template/json.ts';
import type { FunctionDefinition } from '../lambda/definition.ts';
import type { Role } from '../iam/roles.ts';
import { checkTracing, logOf, roleOf } from './lambda-role.ts';
import { runtimeEnvironment } from './lambda-environment.ts';
import { arn, physicalName, shortId, type Cloud, type Provider } from './provider.ts';

/** AWS::Lambda::Function. Node functions are run; any other (the CDK's own provider) is there, but cannot be invoked. */
export const lambdaFunction: Provider = async ({ logicalId, properties }, cloud) => {
  const role = roleOf(properties, cloud);
  const definition = define(logicalId, properties, role, cloud);
  if (properties.group('TracingConfig').text('Mode', 'PassThrough') === 'Active') {
    await checkTracing(role, definition, properties, cloud);
  }
  cloud.lambda.create(definition, logOf(role, definition, cloud));
  return { ref: definition.name, attributes: { Arn: definition.arn } };
};

/** AWS::Lambda::LayerVersion: an ARN. A Node function that names one is refused below. */
export const layerVersion: Provider = ({ logicalId }, cloud) => ({ ref: arn(cloud, 'lambda', `layer:${logicalId}:1`) });

/** AWS::Lambda::Permission */
export const permission: Provider = ({ logicalId, properties }, cloud) => {
  const action = properties.text('Action');
  if (action !== 'lambda:InvokeFunction') {
    throw new TemplateError(`${properties.place}.Action`, `is ${action}.`, 'Only lambda:InvokeFunction is known here.');
  }
  const name = properties.text('FunctionName');
  cloud.lambda.permit({
    functionArn: name.startsWith('arn:') ? name : arn(cloud, 'lambda', `function:${name}`),
    principal: properties.text('Principal'),
    sourceArn: properties.has('SourceArn') ? properties.text('SourceArn') : undefined,
  });
  return { ref: shortId(logicalId) };
};

function define(logicalId: string, properties: Fields, role: Role, cloud: Cloud): FunctionDefinition {
  const name = properties.text('FunctionName', physicalName(cloud, logicalId));
  const functionArn = arn(cloud, 'lambda', `function:${name}`);
  const runtime = properties.text('Runtime');
  const [file = '', exportName = ''] = properties.text('Handler').split('.');
  const memoryMb = properties.number('MemorySize', 128);
  const logGroup = properties.group('LoggingConfig').text('LogGroup', `/aws/lambda/${name}`);
  const about = {
    name,
    arn: functionArn,
    roleArn: role.arn,
    runtime,
    memoryMb,
    logGroup,
    timeoutSeconds: properties.number('Timeout', 3),
  };
  const code = properties.group('Code');
  const folder = cloud.asset(code.text('S3Key'), `${code.place}.S3Key`);
  const module = runtime.startsWith('nodejs') ? bundleOf(folder, file, properties) : folder;
  return { ...about, exportName, module, environment: environment(about, properties, role, cloud) };
}

type About = Pick<FunctionDefinition, 'name' | 'memoryMb' | 'logGroup'>;

function environment(about: About, properties: Fields, role: Role, cloud: Cloud): Record<string, string> {
  const variables = properties.group('Environment').group('Variables');
  const declared = Object.keys(variables.values).map((name): [string, string] => [name, variables.text(name)]);
  const credentials = cloud.roles.assume(role, about.name);
  const settings = { ...about, region: cloud.region, handler: properties.text('Handler'), credentials };
  return runtimeEnvironment(
    settings,
    { declared: Object.fromEntries(declared), added: cloud.environment },
    variables.place,
  );
}

/** The bundle's file; without one Lambda would fail at the first request, this fails at start. */
function bundleOf(folder: string, file: string, properties: Fields): string {
  if (properties.texts('Layers').length > 0) {
    throw new TemplateError(
      `${properties.place}.Layers`,
      'is not known here for a Node function.',
      'Bundle it instead.',
    );
  }
  const found = ['mjs', 'js', 'cjs'].map((ending) => path.join(folder, `${file}.${ending}`)).find(existsSync);
  if (found !== undefined) return found;
  const problem = `names ${file}, but the asset has no ${file}.mjs.`;
  throw new TemplateError(`${properties.place}.Handler`, problem, 'Bundle again: npx cdk synth.');
}
