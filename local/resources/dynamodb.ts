import { viewTypes } from '../streams/stream.ts';
import type { Fields } from '../template/fields.ts';
import { TemplateError } from '../template/json.ts';
import { arn, physicalName, type Cloud, type Provider } from './provider.ts';

/** AWS::DynamoDB::Table, with its keys and indexes. CloudFormation's words for them are CreateTable's own. */
export const table: Provider = async ({ logicalId, properties }, cloud) => {
  const TableName = properties.text('TableName', physicalName(cloud, logicalId));
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, LocalSecondaryIndexes, BillingMode } =
    properties.values;
  await cloud.dynamo.createTable({
    TableName,
    BillingMode: BillingMode ?? 'PROVISIONED',
    ...(KeySchema !== undefined && { KeySchema }),
    ...(AttributeDefinitions !== undefined && { AttributeDefinitions }),
    ...(GlobalSecondaryIndexes !== undefined && { GlobalSecondaryIndexes }),
    ...(LocalSecondaryIndexes !== undefined && { LocalSecondaryIndexes }),
  });
  const tableArn = arn(cloud, 'dynamodb', `table/${TableName}`);
  const stream = properties.has('StreamSpecification') && openStream(TableName, tableArn, properties, cloud);
  return { ref: TableName, attributes: { Arn: tableArn, ...(stream && { StreamArn: stream }) } };
};

/** In AWS a stream's label is the moment it was opened; here it is the same at every start. */
function openStream(tableName: string, tableArn: string, properties: Fields, cloud: Cloud): string {
  const specification = properties.group('StreamSpecification');
  const viewType = viewTypes.find((known) => known === specification.text('StreamViewType'));
  if (viewType === undefined) {
    const todo = `It can be ${viewTypes.join(', ')}.`;
    throw new TemplateError(`${specification.place}.StreamViewType`, 'is no type of stream.', todo);
  }
  const keys = properties.groups('KeySchema').map((key) => key.text('AttributeName'));
  const streamArn = `${tableArn}/stream/2026-01-01T00:00:00.000`;
  cloud.dynamo.openStream({ tableName, keys }, streamArn, viewType);
  return streamArn;
}
