import * as apiGateway from './api-gateway.ts';
import * as cloudFront from './cloudfront.ts';
import * as cloudFrontKeys from './cloudfront-keys.ts';
import * as cloudWatch from './cloudwatch.ts';
import * as cognito from './cognito.ts';
import { isCustom } from '../template/template.ts';
import { customResource } from './custom-resource.ts';
import * as domain from './domain.ts';
import { table } from './dynamodb.ts';
import * as events from './events.ts';
import * as iam from './iam.ts';
import { eventSourceMapping } from './event-source-mapping.ts';
import * as lambda from './lambda.ts';
import { logGroup } from './logs.ts';
import type { Provider } from './provider.ts';
import * as s3 from './s3.ts';
import { secret } from './secrets.ts';
import * as sns from './sns.ts';
import * as sqs from './sqs.ts';

/** Every resource type that the local cloud can create. Its properties stand in ../template/properties.ts. */
export const providers: Readonly<Partial<Record<string, Provider>>> = {
  'AWS::ApiGatewayV2::Api': apiGateway.api,
  'AWS::ApiGatewayV2::Authorizer': apiGateway.authorizer,
  'AWS::ApiGatewayV2::Integration': apiGateway.integration,
  'AWS::ApiGatewayV2::Route': apiGateway.route,
  'AWS::ApiGatewayV2::Stage': apiGateway.stage,
  'AWS::CertificateManager::Certificate': domain.certificate,
  'AWS::CloudFront::CachePolicy': cloudFront.policyIn((cloud) => cloud.cachePolicies, 'CachePolicyConfig'),
  'AWS::CloudFront::Distribution': cloudFront.distribution,
  'AWS::CloudFront::Function': cloudFront.edgeFunction,
  'AWS::CloudFront::KeyGroup': cloudFrontKeys.keyGroup,
  'AWS::CloudFront::OriginAccessControl': cloudFront.originAccessControl,
  'AWS::CloudFront::OriginRequestPolicy': cloudFront.policyIn(
    (cloud) => cloud.originRequestPolicies,
    'OriginRequestPolicyConfig',
  ),
  'AWS::CloudFront::PublicKey': cloudFrontKeys.publicKey,
  'AWS::CloudFront::ResponseHeadersPolicy': cloudFront.policyIn(
    (cloud) => cloud.responseHeadersPolicies,
    'ResponseHeadersPolicyConfig',
  ),
  'AWS::CloudWatch::Alarm': cloudWatch.alarm,
  'AWS::CloudWatch::Dashboard': cloudWatch.dashboard,
  'AWS::Cognito::ManagedLoginBranding': cognito.managedLoginBranding,
  'AWS::Cognito::UserPool': cognito.userPool,
  'AWS::Cognito::UserPoolClient': cognito.userPoolClient,
  'AWS::Cognito::UserPoolDomain': cognito.userPoolDomain,
  'AWS::DynamoDB::Table': table,
  'AWS::Events::EventBus': events.eventBus,
  'AWS::Events::Rule': events.rule,
  'AWS::IAM::ManagedPolicy': iam.managedPolicy,
  'AWS::IAM::Policy': iam.policy,
  'AWS::IAM::Role': iam.role,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Lambda::Function': lambda.lambdaFunction,
  'AWS::Lambda::LayerVersion': lambda.layerVersion,
  'AWS::Lambda::Permission': lambda.permission,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::Route53::RecordSet': domain.recordSet,
  'AWS::S3::Bucket': s3.bucket,
  'AWS::S3::BucketPolicy': s3.bucketPolicy,
  'AWS::SecretsManager::Secret': secret,
  'AWS::SNS::Subscription': sns.subscription,
  'AWS::SNS::Topic': sns.topic,
  'AWS::SNS::TopicPolicy': sns.topicPolicy,
  'AWS::SQS::Queue': sqs.queue,
  'AWS::SQS::QueuePolicy': sqs.queuePolicy,
  'AWS::WAFv2::WebACL': domain.webAcl,
  'Custom::CDKBucketDeployment': s3.bucketDeployment,
};

/** A type of its own comes first: what the function behind Custom::CDKBucketDeployment does is done here. */
export const providerOf = (type: string): Provider | undefined =>
  providers[type] ?? (isCustom(type) ? customResource : undefined);
