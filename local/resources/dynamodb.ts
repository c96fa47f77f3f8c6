import { arn, physicalName, type Provider } from './provider.ts';

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
  return { ref: TableName, attributes: { Arn: arn(cloud, 'dynamodb', `table/${TableName}`) } };
};
