import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Json, JsonObject } from '../../../local/template/json.ts';

/** A template, and the files of its assets: `{ hello: { 'index.mjs': '...' } }` is what the S3Key `hello.zip` names. */
export interface Parts {
  template: JsonObject;
  assets?: Record<string, Record<string, string>>;
  stacks?: string[];
}

/** Writes a cloud assembly as `cdk synth` would, into a temporary folder. */
export function writeAssembly({ template, assets = {}, stacks = ['Try'] }: Parts): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'assembly-'));
  const write = (name: string, value: Json): void => writeFileSync(path.join(folder, name), JSON.stringify(value));
  const artifacts = stacks.map((name): [string, Json] => [
    name,
    {
      type: 'aws:cloudformation:stack',
      environment: 'aws://unknown-account/unknown-region',
      properties: { templateFile: 'template.json' },
    },
  ]);
  const assetManifest = { type: 'cdk:asset-manifest', properties: { file: 'assets.json' } };
  write('manifest.json', { artifacts: { ...Object.fromEntries(artifacts), Assets: assetManifest } });
  write('template.json', template);
  write('assets.json', { files: Object.fromEntries(Object.keys(assets).map((name) => [name, assetEntry(name)])) });
  for (const [name, files] of Object.entries(assets)) {
    mkdirSync(path.join(folder, `asset.${name}`));
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, `asset.${name}`, file), text);
  }
  return folder;
}

function assetEntry(name: string): JsonObject {
  const destination = { bucketName: 'assets', objectKey: `${name}.zip` };
  return { source: { path: `asset.${name}`, packaging: 'zip' }, destinations: { current: destination } };
}

export function removeAssembly(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

export const getAtt = (logicalId: string, attribute: string): JsonObject => ({ 'Fn::GetAtt': [logicalId, attribute] });
export const ref = (logicalId: string): JsonObject => ({ Ref: logicalId });
export const allow = (Action: Json, Resource: Json): JsonObject => ({ Effect: 'Allow', Action, Resource });

const lambdaTrust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};

/** A function named `id`, its asset of the same name, and its role `<id>Role`, which may log and do what `statements` say. */
export function lambdaFunction(id: string, statements: Json[] = [], properties: JsonObject = {}): JsonObject {
  const Statement = [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], '*'), ...statements];
  return {
    [`${id}Role`]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: lambdaTrust,
        Policies: [{ PolicyName: 'may', PolicyDocument: { Version: '2012-10-17', Statement } }],
      },
    },
    [id]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Bucket: 'assets', S3Key: `${id}.zip` },
        Handler: 'index.handler',
        Role: getAtt(`${id}Role`, 'Arn'),
        Runtime: 'nodejs24.x',
        ...properties,
      },
    },
  };
}

/** An HTTP API `Api` with a `$default` stage. */
export function httpApi(stage: JsonObject = {}): JsonObject {
  return {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'Try', ProtocolType: 'HTTP' } },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: ref('Api'), StageName: '$default', AutoDeploy: true, ...stage },
    },
  };
}

/** A route to a function, with its integration, and the permission unless `permitted` is false. */
export function route(
  RouteKey: string,
  functionId: string,
  extra: { permitted?: boolean; route?: JsonObject; integration?: JsonObject } = {},
): JsonObject {
  const id = RouteKey.replaceAll(/[^A-Za-z]/g, '');
  const path = RouteKey.split(' ')[1] ?? '';
  const sourceArn = [
    'arn:aws:execute-api:',
    ref('AWS::Region'),
    ':',
    ref('AWS::AccountId'),
    ':',
    ref('Api'),
    `/*/*${path}`,
  ];
  const permission = {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: getAtt(functionId, 'Arn'),
      Principal: 'apigateway.amazonaws.com',
      SourceArn: { 'Fn::Join': ['', sourceArn] },
    },
  };
  return {
    [`${id}Integration`]: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: ref('Api'),
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: getAtt(functionId, 'Arn'),
        PayloadFormatVersion: '2.0',
        ...extra.integration,
      },
    },
    [`${id}Route`]: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: ref('Api'),
        RouteKey,
        Target: { 'Fn::Join': ['/', ['integrations', ref(`${id}Integration`)]] },
        ...extra.route,
      },
    },
    ...(extra.permitted === false ? {} : { [`${id}Permission`]: permission }),
  };
}
