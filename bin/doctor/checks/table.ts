import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { CUSTOMER_INDEX, type Table } from '../../../clients/records/table.ts';
import { broken, notLookedAt, ok, warning, type Said, type StackCheck } from '../finding.ts';

const DEPLOY = 'npx cdk deploy puts it right, if the stack was changed by hand';

export const tableCheck: StackCheck = {
  name: 'table',
  async look({ table }) {
    const { Table: found } = await table.client.send(new DescribeTableCommand({ TableName: table.name }));
    if (!found) return broken(`there is no table ${table.name}`, DEPLOY);
    return [shape(found), protection(found)];
  },
};

function shape({ TableName, TableStatus, KeySchema = [], GlobalSecondaryIndexes = [] }: TableDescription): Said {
  const keys = KeySchema.map(({ AttributeName }) => AttributeName).join(', ');
  if (keys !== 'pk, sk') return broken(`${TableName} has the keys ${keys}, and not pk, sk`, DEPLOY);
  const index = GlobalSecondaryIndexes.find(({ IndexName }) => IndexName === CUSTOMER_INDEX);
  if (!index)
    return broken(`${TableName} has no index "${CUSTOMER_INDEX}": events find no user by the customer`, DEPLOY);
  const states = [TableStatus, index.IndexStatus].filter((state) => state !== undefined && state !== 'ACTIVE');
  if (states.length > 0) return broken(`${TableName} is ${states.join(', ')}`, 'wait until AWS is done with it');
  return ok(`${TableName}: its keys and its index are there`);
}

function protection({ DeletionProtectionEnabled: on }: TableDescription): Said {
  if (on === undefined) return notLookedAt('deletion protection: this DynamoDB does not say');
  return on
    ? ok('deletion protection is on')
    : warning('deletion protection is off: one call deletes all records', DEPLOY);
}

export const backupCheck: StackCheck = { name: 'backups', look: ({ table }) => backups(table) };

async function backups({ client, name }: Table): Promise<Said> {
  try {
    const answer = await client.send(new DescribeContinuousBackupsCommand({ TableName: name }));
    const status = answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
    if (status === 'ENABLED') return ok('point in time recovery is on');
    return warning('point in time recovery is off: a deleted record cannot be brought back', DEPLOY);
  } catch (error) {
    // What DynamoDB in memory says about what it does not know.
    if (error instanceof Error && /UnknownOperation/.test(error.name)) return notLookedAt('this DynamoDB has none');
    throw error;
  }
}
