import type { Template } from 'aws-cdk-lib/assertions';
import { arnOf, idOf, REGION_ACCOUNT } from './permissions-template.ts';

/** A resource that somebody may want to reach, and what they would do there. */
export interface Place {
  readonly arn: string;
  readonly temptations: readonly string[];
}

const each = (service: string, actions: string): string[] => actions.split(/\s+/).map((name) => `${service}:${name}`);

const onItems = each('dynamodb', 'GetItem BatchGetItem Query Scan PutItem UpdateItem DeleteItem BatchWriteItem');
const onTable = [
  ...onItems,
  ...each('dynamodb', 'PartiQLSelect PartiQLInsert PartiQLUpdate PartiQLDelete ConditionCheckItem DescribeTable'),
  ...each('dynamodb', 'UpdateTable DeleteTable CreateBackup ExportTableToPointInTime PutResourcePolicy TagResource'),
];
const onIndex = each('dynamodb', 'Query Scan PartiQLSelect');
const onStream = each('dynamodb', 'DescribeStream GetRecords GetShardIterator');
const onSecret = each(
  'secretsmanager',
  'GetSecretValue PutSecretValue UpdateSecret DescribeSecret DeleteSecret RotateSecret PutResourcePolicy',
);
const onBus = each('events', 'PutEvents DeleteEventBus');
const onQueue = each('sqs', 'SendMessage ReceiveMessage DeleteMessage PurgeQueue SetQueueAttributes');
const onLog = each('logs', 'CreateLogStream PutLogEvents GetLogEvents DeleteLogStream');
const onBucket = each('s3', 'ListBucket GetBucketTagging PutBucketPolicy DeleteBucket PutBucketPublicAccessBlock');
const onFiles = each('s3', 'GetObject PutObject DeleteObject AbortMultipartUpload PutObjectAcl');
const onDistribution = each('cloudfront', 'CreateInvalidation GetInvalidation UpdateDistribution DeleteDistribution');
const onRole = [...each('iam', 'PassRole AttachRolePolicy PutRolePolicy UpdateAssumeRolePolicy'), 'sts:AssumeRole'];
const onFunction = each('lambda', 'InvokeFunction UpdateFunctionCode UpdateFunctionConfiguration AddPermission');
const onUsers = each('cognito-idp', 'ListUsers AdminGetUser AdminSetUserPassword AdminInitiateAuth AdminDeleteUser');
/** What knows no resources. */
const anywhere = [
  ...each('xray', 'PutTraceSegments PutTelemetryRecords'),
  ...each('dynamodb', 'ListStreams ListTables'),
  ...each('logs', 'DescribeQueryDefinitions'),
  ...each('secretsmanager', 'ListSecrets BatchGetSecretValue'),
  ...each('events', 'PutPermission ListEventBuses'),
  's3:ListAllMyBuckets',
  'iam:ListUsers',
  'sts:GetSessionToken',
  'cloudwatch:PutMetricData',
  'lambda:ListFunctions',
];

const another = (service: string, name: string): string => `arn:aws:${service}:${REGION_ACCOUNT}:${name}`;

/** All that is asked: of what the stack has, and beside each of another one, which no function has any business with. */
export function placesOf(template: Template): Readonly<Record<string, Place>> {
  const ownArn = (type: string, part?: string) => arnOf(type, idOf(template, type, part));
  const table = ownArn('AWS::DynamoDB::Table');
  const bucket = ownArn('AWS::S3::Bucket');
  return {
    'the table': { arn: table, temptations: onTable },
    'the customer index': { arn: `${table}/index/customer`, temptations: onIndex },
    'another index of the table': { arn: `${table}/index/email`, temptations: onIndex },
    'the stream': { arn: `${table}/stream/2026-01-01T00:00:00.000`, temptations: onStream },
    'another table': { arn: another('dynamodb', 'table/Subscriptions-live'), temptations: onTable },
    'another table’s index': { arn: another('dynamodb', 'table/Live/index/customer'), temptations: onIndex },
    'another stream': { arn: another('dynamodb', 'table/Live/stream/2026'), temptations: onStream },
    'the secret': { arn: ownArn('AWS::SecretsManager::Secret', 'StripeKeys'), temptations: onSecret },
    'the members’ key': { arn: ownArn('AWS::SecretsManager::Secret', 'MembersKey'), temptations: onSecret },
    'another secret': { arn: another('secretsmanager', 'secret:live-AbCdEf'), temptations: onSecret },
    'the bus': { arn: ownArn('AWS::Events::EventBus'), temptations: onBus },
    'the default bus': { arn: another('events', 'event-bus/default'), temptations: onBus },
    'another bus': { arn: another('events', 'event-bus/live'), temptations: onBus },
    'a rule': {
      arn: another('events', 'rule/live/rule'),
      temptations: each('events', 'PutRule PutTargets DeleteRule'),
    },
    'the queue of what is given up': { arn: ownArn('AWS::SQS::Queue'), temptations: onQueue },
    'another queue': { arn: another('sqs', 'live'), temptations: onQueue },
    'the topic of the alarms': { arn: ownArn('AWS::SNS::Topic'), temptations: each('sns', 'Publish Subscribe') },
    'another log': { arn: another('logs', 'log-group:live:log-stream:a'), temptations: onLog },
    'the page’s bucket': { arn: bucket, temptations: onBucket },
    'the page’s files': { arn: `${bucket}/index.html`, temptations: onFiles },
    'the archives of the CDK’s stacks': { arn: `arn:aws:s3:::${assetsBucket}/live.zip`, temptations: onFiles },
    'the CDK’s assets': { arn: `arn:aws:s3:::${assetsBucket}`, temptations: onBucket },
    'another bucket': { arn: 'arn:aws:s3:::live', temptations: onBucket },
    'another bucket’s files': { arn: 'arn:aws:s3:::live/index.html', temptations: onFiles },
    'the distribution': { arn: ownArn('AWS::CloudFront::Distribution'), temptations: onDistribution },
    'another distribution': { arn: `${globalCloudFront}/ELIVE`, temptations: onDistribution },
    'a role': { arn: 'arn:aws:iam::123456789012:role/admin', temptations: onRole },
    'a function': { arn: another('lambda', 'function:live'), temptations: onFunction },
    'the user pool': { arn: ownArn('AWS::Cognito::UserPool'), temptations: onUsers },
    'a key': { arn: another('kms', 'key/live'), temptations: each('kms', 'Decrypt CreateGrant') },
    'a sender of mail': { arn: another('ses', 'identity/example.com'), temptations: ['ses:SendEmail'] },
    everything: { arn: '*', temptations: anywhere },
  };
}

const globalCloudFront = 'arn:aws:cloudfront::123456789012:distribution';
const assetsBucket = 'cdk-hnb659fds-assets-123456789012-eu-west-1';

/** The place that is another for each function. */
export const ownLog = (logArn: string): Place => ({
  arn: logArn.replace(/\*$/, 'log-stream:a'),
  temptations: onLog,
});
