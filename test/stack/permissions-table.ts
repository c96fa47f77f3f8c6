/** By name of the function: `action on place`, the places as test/stack/permissions-places.ts has them. */
type Rights = Readonly<Record<string, readonly string[]>>;

const on = (place: string, ...actions: string[]): string[] => actions.map((action) => `${action} on ${place}`);
const table = (...actions: string[]): string[] => on('the table', ...actions.map((action) => `dynamodb:${action}`));

const logsAndTraces = [
  ...on('its own log', 'logs:CreateLogStream', 'logs:PutLogEvents'),
  // X-Ray knows no resources: both only send.
  ...on('everything', 'xray:PutTraceSegments', 'xray:PutTelemetryRecords'),
];
const readsKeys = on('the secret', 'secretsmanager:GetSecretValue');
const announces = [...table('Query', 'PutItem'), ...on('the bus', 'events:PutEvents')];
const keepsRecords = [...table('GetItem', 'UpdateItem'), ...on('the customer index', 'dynamodb:Query'), ...readsKeys];
const followsTable = [
  ...on('the stream', 'dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'),
  // Knows no resources; it tells which streams there are, and nothing that is in them.
  ...on('everything', 'dynamodb:ListStreams'),
  ...on('the queue of what is given up', 'sqs:SendMessage'),
];

/** What each function of ours must be able to do, beside its own log and traces. All else it must not: nobody else's, and no more. */
const ours: Rights = {
  config: readsKeys,
  checkout: [...table('Query', 'GetItem', 'PutItem', 'UpdateItem'), ...readsKeys],
  'checkout-session': [...table('Query', 'GetItem', 'UpdateItem'), ...readsKeys],
  subscription: table('Query'),
  portal: [...table('Query'), ...readsKeys],
  invoices: [...table('Query'), ...readsKeys],
  charges: table('Query'),
  'pay-charge': [...table('GetItem', 'UpdateItem'), ...readsKeys],
  members: [...table('Query'), ...on('the members’ key', 'secretsmanager:GetSecretValue')],
  'members-key': on('the members’ key', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'),
  webhook: keepsRecords,
  reconcile: [...keepsRecords, ...table('BatchGetItem', 'Scan'), ...announces],
  'access-changes': [...announces, ...followsTable],
  'charge-runs': [
    ...table('Query', 'GetItem', 'PutItem', 'UpdateItem'),
    ...on('the customer index', 'dynamodb:Scan'),
    ...readsKeys,
  ],
  fallback: [],
};

/** The function of the CDK's that copies the page, while a deployment runs. */
const deployment: Rights = {
  'the page’s deployment': [
    ...on('its own log', 'logs:CreateLogStream', 'logs:PutLogEvents'),
    // As the archives' names change with each deployment.
    ...on('the archives of the CDK’s stacks', 's3:GetObject'),
    ...on('the page’s bucket', 's3:ListBucket', 's3:GetBucketTagging'),
    ...on('the page’s files', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'),
    ...on('the distribution', 'cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'),
  ],
};

export const must: Rights = {
  ...Object.fromEntries(Object.entries(ours).map(([name, rights]) => [name, [...logsAndTraces, ...rights]])),
  ...deployment,
};
