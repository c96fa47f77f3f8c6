import { readFile } from 'node:fs/promises';

/** What the operator's commands need to know of a deployed stack. */
export interface StackOutputs {
  readonly siteUrl: string;
  readonly webhookUrl: string;
  readonly secretId: string;
  readonly tableName: string;
  /** Of the tokens: who signs people in. */
  readonly issuer: string;
  /** Days of access after a renewal that was not paid. */
  readonly graceDays: number;
  /** What a disputed payment does to its subscription. */
  readonly disputes: 'keep' | 'cancel';
}

const DEPLOY = 'Deploy first: npx cdk deploy --outputs-file cdk-outputs.json';

/**
 * The outputs of the stack, from the file that `cdk deploy --outputs-file` writes.
 *
 * @param stack the stack's name; not needed when the file holds one stack
 * @param how the file comes to be
 * @throws an Error that says what to run
 */
export async function readOutputs(file: string, stack?: string, how = DEPLOY): Promise<StackOutputs> {
  const stacks = Object.entries(await readJson(file, how));
  const found = stack ? stacks.find(([name]) => name === stack) : stacks[0];
  if (!found || (!stack && stacks.length > 1))
    throw new Error(`${file} holds the stacks ${stacks.map(([name]) => name).join(', ')}. Name one with --stack.`);
  const [name, outputs] = found;
  return {
    siteUrl: output(outputs, 'SiteUrl', name),
    webhookUrl: output(outputs, 'WebhookUrl', name),
    secretId: output(outputs, 'SecretId', name),
    tableName: output(outputs, 'TableName', name),
    issuer: output(outputs, 'Issuer', name),
    graceDays: Number(output(outputs, 'GraceDays', name)),
    disputes: output(outputs, 'Disputes', name) === 'cancel' ? 'cancel' : 'keep',
  };
}

async function readJson(file: string, how: string): Promise<object> {
  try {
    const json: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof json === 'object' && json !== null) return json;
    throw new Error('It holds no JSON object.');
  } catch (cause) {
    throw new Error(`${file} could not be read. ${how}`, { cause });
  }
}

function output(outputs: unknown, key: string, stack: string): string {
  const value: unknown = typeof outputs === 'object' && outputs !== null ? Reflect.get(outputs, key) : undefined;
  if (typeof value === 'string') return value;
  throw new Error(
    `Stack ${stack} has no output ${key}. Deploy this version first: npx cdk deploy --outputs-file cdk-outputs.json`,
  );
}
