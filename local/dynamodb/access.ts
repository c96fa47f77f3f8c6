import type { Access } from '../iam/guard.ts';
import { isObject, type Json, type JsonObject } from '../template/json.ts';

/**
 * What IAM would be asked about a DynamoDB call: the action of its X-Amz-Target on each table, or on the index when one
 * is named. `arnPrefix` is `arn:aws:dynamodb:<region>:<account>:`.
 */
export function accesses(operation: string, request: JsonObject, arnPrefix: string): Access[] {
  const action = `dynamodb:${operation}`;
  const tables = [...textIn(request['TableName']), ...batchTables(request['RequestItems'])];
  if (tables.length === 0) return [{ action, resource: '*' }];
  const index = textIn(request['IndexName']).map((name) => `/index/${name}`);
  return tables.map((table) => ({ action, resource: `${tableArn(table, arnPrefix)}${index.join('')}` }));
}

function tableArn(table: string, arnPrefix: string): string {
  return table.startsWith('arn:') ? table : `${arnPrefix}table/${table}`;
}

function batchTables(items: Json | undefined): string[] {
  return isObject(items) ? Object.keys(items) : [];
}

function textIn(value: Json | undefined): string[] {
  return typeof value === 'string' ? [value] : [];
}
