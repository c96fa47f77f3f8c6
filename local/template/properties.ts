import { inMemory, noMoney, people, tags, type KnownProperties } from './known.ts';
import { cognitoProperties } from './properties-cognito.ts';
import { domainProperties } from './properties-domain.ts';
import { watchingProperties } from './properties-watching.ts';

const assets = 'assets lie in the assembly, under their object keys';
const cdkProvider = "the CDK's own provider function; resources/bucket-deployment.ts does its work";

/**
 * What the local cloud does with each property of each resource type: honours it, or ignores it for a reason. A property
 * in neither list is an error at start, so that nothing of a template is skipped in silence. An entry stands for all that
 * is below it; `Code.S3Key` covers that one only. Lists are looked through: `Targets.Arn` is the Arn of every target.
 * CloudFront's configurations are honoured as wholes: their readers in local/cloudfront/ refuse what they do not read
 * (`Fields.done`), and say there what they ignore.
 */
export const knownProperties: Readonly<Record<string, KnownProperties>> = {
  'AWS::ApiGatewayV2::Api': {
    honoured: ['ProtocolType'],
    ignored: { Name: people, Description: people, Tags: tags },
  },
  'AWS::ApiGatewayV2::Authorizer': {
    honoured: ['ApiId', 'AuthorizerType', 'IdentitySource', 'JwtConfiguration.Issuer', 'JwtConfiguration.Audience'],
    ignored: { Name: people },
  },
  'AWS::ApiGatewayV2::Integration': {
    honoured: ['ApiId', 'IntegrationType', 'IntegrationUri', 'PayloadFormatVersion', 'TimeoutInMillis'],
    ignored: { Description: people },
  },
  'AWS::ApiGatewayV2::Route': {
    honoured: ['ApiId', 'RouteKey', 'Target', 'AuthorizationType', 'AuthorizerId', 'AuthorizationScopes'],
    ignored: { OperationName: people },
  },
  'AWS::ApiGatewayV2::Stage': {
    honoured: [
      'ApiId',
      'StageName',
      'AutoDeploy',
      'AccessLogSettings.Format',
      'DefaultRouteSettings.ThrottlingRateLimit',
      'DefaultRouteSettings.ThrottlingBurstLimit',
    ],
    ignored: {
      'AccessLogSettings.DestinationArn': 'lines go to the local cloud’s log',
      Description: people,
      Tags: tags,
      'DefaultRouteSettings.DetailedMetricsEnabled': noMoney,
    },
  },
  'AWS::CloudFront::CachePolicy': { honoured: ['CachePolicyConfig'], ignored: {} },
  'AWS::CloudFront::Distribution': { honoured: ['DistributionConfig'], ignored: { Tags: tags } },
  'AWS::CloudFront::Function': {
    honoured: ['FunctionCode', 'FunctionConfig.Runtime', 'AutoPublish'],
    ignored: { Name: people, 'FunctionConfig.Comment': people },
  },
  'AWS::CloudFront::KeyGroup': {
    honoured: ['KeyGroupConfig.Items'],
    ignored: { 'KeyGroupConfig.Name': people, 'KeyGroupConfig.Comment': people },
  },
  'AWS::CloudFront::OriginAccessControl': {
    honoured: ['OriginAccessControlConfig.OriginAccessControlOriginType', 'OriginAccessControlConfig.SigningBehavior'],
    ignored: {
      'OriginAccessControlConfig.Name': people,
      'OriginAccessControlConfig.Description': people,
      'OriginAccessControlConfig.SigningProtocol': 'there is one, sigv4',
    },
  },
  'AWS::CloudFront::OriginRequestPolicy': { honoured: ['OriginRequestPolicyConfig'], ignored: {} },
  'AWS::CloudFront::PublicKey': {
    honoured: ['PublicKeyConfig.EncodedKey'],
    ignored: {
      'PublicKeyConfig.CallerReference': 'nothing here is asked for twice',
      'PublicKeyConfig.Comment': people,
      'PublicKeyConfig.Name': people,
    },
  },
  'AWS::CloudFront::ResponseHeadersPolicy': { honoured: ['ResponseHeadersPolicyConfig'], ignored: {} },
  ...cognitoProperties,
  ...domainProperties,
  ...watchingProperties,
  'AWS::DynamoDB::Table': {
    honoured: [
      'TableName',
      'KeySchema',
      'AttributeDefinitions',
      'GlobalSecondaryIndexes',
      'LocalSecondaryIndexes',
      'BillingMode',
      'StreamSpecification.StreamViewType',
    ],
    ignored: {
      DeletionProtectionEnabled: inMemory,
      PointInTimeRecoverySpecification: inMemory,
      SSESpecification: inMemory,
      Tags: tags,
      TimeToLiveSpecification: 'nothing lies here for so long',
    },
  },
  'AWS::Events::EventBus': { honoured: ['Name'], ignored: { Description: people, Tags: tags } },
  'AWS::Events::Rule': {
    honoured: [
      'EventBusName',
      'EventPattern',
      'ScheduleExpression',
      'State',
      'Targets.Arn',
      'Targets.Input',
      'Targets.RetryPolicy.MaximumRetryAttempts',
    ],
    ignored: {
      Name: people,
      Description: people,
      'Targets.Id': people,
      'Targets.RetryPolicy.MaximumEventAgeInSeconds': 'the retries here follow within minutes',
    },
  },
  'AWS::IAM::ManagedPolicy': {
    honoured: ['PolicyDocument', 'Roles', 'ManagedPolicyName'],
    ignored: { Description: people, Path: people },
  },
  'AWS::IAM::Policy': { honoured: ['PolicyDocument', 'PolicyName', 'Roles'], ignored: {} },
  'AWS::IAM::Role': {
    honoured: ['AssumeRolePolicyDocument', 'ManagedPolicyArns', 'Policies', 'RoleName'],
    ignored: {
      Description: people,
      MaxSessionDuration: 'local credentials do not expire',
      Path: people,
      Tags: tags,
    },
  },
  'AWS::Lambda::EventSourceMapping': {
    honoured: [
      'BatchSize',
      'BisectBatchOnFunctionError',
      'DestinationConfig.OnFailure.Destination',
      'Enabled',
      'EventSourceArn',
      'FilterCriteria.Filters.Pattern',
      'FunctionName',
      'FunctionResponseTypes',
      'MaximumRecordAgeInSeconds',
      'MaximumRetryAttempts',
      'StartingPosition',
    ],
    ignored: { Tags: tags },
  },
  'AWS::Lambda::Function': {
    honoured: [
      'Code.S3Key',
      'Environment.Variables',
      'FunctionName',
      'Handler',
      'Layers',
      'LoggingConfig.LogGroup',
      'MemorySize',
      'Role',
      'Runtime',
      'Timeout',
      'TracingConfig.Mode',
    ],
    ignored: {
      'Code.S3Bucket': assets,
      Architectures: 'JavaScript is the same on each; this machine has the one it has',
      Description: people,
      Tags: tags,
    },
  },
  'AWS::Lambda::LayerVersion': {
    honoured: [],
    ignored: { Content: cdkProvider, Description: people, CompatibleRuntimes: cdkProvider, LicenseInfo: people },
  },
  'AWS::Lambda::Permission': { honoured: ['Action', 'FunctionName', 'Principal', 'SourceArn'], ignored: {} },
  'AWS::Logs::LogGroup': {
    honoured: ['LogGroupName'],
    ignored: { RetentionInDays: 'lines go to the terminal', Tags: tags, LogGroupClass: noMoney },
  },
  'AWS::S3::Bucket': {
    honoured: ['BucketName'],
    ignored: {
      BucketEncryption: 'files of a temporary folder, gone when the local cloud stops',
      LifecycleConfiguration: inMemory,
      LoggingConfiguration: noMoney,
      OwnershipControls: 'there are no access control lists',
      PublicAccessBlockConfiguration: 'nothing but CloudFront reaches a bucket here',
      Tags: tags,
      VersioningConfiguration: inMemory,
    },
  },
  'AWS::S3::BucketPolicy': { honoured: ['Bucket', 'PolicyDocument'], ignored: {} },
  'AWS::SQS::Queue': {
    honoured: ['QueueName'],
    ignored: {
      KmsMasterKeyId: inMemory,
      MessageRetentionPeriod: inMemory,
      SqsManagedSseEnabled: inMemory,
      Tags: tags,
    },
  },
  'AWS::SQS::QueuePolicy': {
    honoured: [],
    ignored: {
      Queues: 'only Lambda sends to a queue here, in the name of a function’s role',
      PolicyDocument: 'only Lambda sends to a queue here, in the name of a function’s role',
    },
  },
  'AWS::SecretsManager::Secret': {
    honoured: ['Name', 'SecretString'],
    ignored: { Description: people, Tags: tags, KmsKeyId: inMemory },
  },
  'Custom::CDKBucketDeployment': {
    honoured: ['SourceObjectKeys', 'DestinationBucketName', 'DestinationBucketKeyPrefix', 'SystemMetadata'],
    ignored: {
      ServiceToken: cdkProvider,
      SourceBucketNames: assets,
      Prune: 'the bucket is empty when the files arrive',
      DistributionId: 'the cache is empty when the files arrive',
      DistributionPaths: 'the cache is empty when the files arrive',
      WaitForDistributionInvalidation: 'the cache is empty when the files arrive',
      OutputObjectKeys: cdkProvider,
      RetainOnDelete: inMemory,
    },
  },
};
