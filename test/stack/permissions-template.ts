import type { Template } from 'aws-cdk-lib/assertions';
import { resolve, type Scope } from '../../local/template/intrinsics.ts';
import { isObject, type JsonObject } from '../../local/template/json.ts';

const REGION = 'eu-west-1';
const ACCOUNT = '123456789012';
export const REGION_ACCOUNT = `${REGION}:${ACCOUNT}`;

/** A document of IAM with every reference answered. */
export type Policy = JsonObject;

/** The logical id of the only resource of this type. @param part of the id, where there are several of the type */
export function idOf(template: Template, type: string, part = ''): string {
  const [id, ...others] = Object.keys(template.findResources(type)).filter((each) => each.includes(part));
  if (id === undefined || others.length > 0) throw new Error(`The stack has not just one ${type}.`);
  return id;
}

/** As AWS writes the ARNs of what is called like its logical id. */
const ARNS: Readonly<Record<string, (id: string) => string>> = {
  'AWS::DynamoDB::Table': (id) => `arn:aws:dynamodb:${REGION_ACCOUNT}:table/${id}`,
  'AWS::SecretsManager::Secret': (id) => `arn:aws:secretsmanager:${REGION_ACCOUNT}:secret:${id}-AbCdEf`,
  'AWS::Events::EventBus': (id) => `arn:aws:events:${REGION_ACCOUNT}:event-bus/${id}`,
  'AWS::SQS::Queue': (id) => `arn:aws:sqs:${REGION_ACCOUNT}:${id}`,
  'AWS::SNS::Topic': (id) => `arn:aws:sns:${REGION_ACCOUNT}:${id}`,
  'AWS::Logs::LogGroup': (id) => `arn:aws:logs:${REGION_ACCOUNT}:log-group:${id}:*`,
  'AWS::S3::Bucket': (id) => `arn:aws:s3:::${id.toLowerCase()}`,
  'AWS::CloudFront::Distribution': (id) => `arn:aws:cloudfront::${ACCOUNT}:distribution/${id}`,
  'AWS::IAM::Role': (id) => `arn:aws:iam::${ACCOUNT}:role/${id}`,
  'AWS::Lambda::Function': (id) => `arn:aws:lambda:${REGION_ACCOUNT}:function:${id}`,
  'AWS::Cognito::UserPool': (id) => `arn:aws:cognito-idp:${REGION_ACCOUNT}:userpool/${id}`,
  'AWS::ApiGatewayV2::Api': (id) => `arn:aws:apigateway:${REGION}::/apis/${id}`,
  'AWS::Events::Rule': (id) => `arn:aws:events:${REGION_ACCOUNT}:rule/${id}`,
};

export function arnOf(type: string, id: string): string {
  const arn = ARNS[type];
  if (arn === undefined)
    throw new Error(`How AWS writes the ARN of ${type} is to be added to permissions-template.ts.`);
  return arn(id);
}

const REF_IS_ARN = new Set(['AWS::SecretsManager::Secret', 'AWS::SNS::Topic']);

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::AccountId': ACCOUNT,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** Reads a part of the template with every reference answered. */
export function resolver(template: Template): (part: unknown) => JsonObject {
  const { Resources: resources = {} } = template.toJSON();
  const typeOf = (id: string): string => String(resources[id]?.Type);
  const scope: Scope = {
    ref: (name) => PSEUDO[name] ?? (REF_IS_ARN.has(typeOf(name)) ? arnOf(typeOf(name), name) : name),
    attribute: (id, name) => {
      if (name === 'StreamArn') return `${arnOf(typeOf(id), id)}/stream/2026-01-01T00:00:00.000`;
      return name === 'Arn' ? arnOf(typeOf(id), id) : undefined;
    },
    mapping: () => undefined,
    condition: () => undefined,
    localize: (text) => text,
  };
  return (part) => {
    const resolved = resolve(JSON.parse(JSON.stringify(part)), scope, 'template');
    if (!isObject(resolved)) throw new Error('Only objects are read from the template.');
    return resolved;
  };
}
