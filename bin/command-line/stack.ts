import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type Stripe from 'stripe';
import type { Table } from '../../clients/records/table.ts';
import { NotConfigured, readKeys, type Keys } from '../../clients/secrets.ts';
import { connectStripe } from '../../clients/stripe.ts';
import { readOutputs, type StackOutputs } from '../setup/outputs.ts';
import type { Options, Values } from './command.ts';
import { LOCAL_OUTPUTS, localEndpoints, START_AGAIN } from './local.ts';

/** The options of every command that works on a stack. */
export const stackOptions = {
  outputs: {
    type: 'string',
    value: 'FILE',
    help: 'the outputs of the deployed stack, as written by: npx cdk deploy --outputs-file FILE\n(cdk-outputs.json if not given)',
  },
  stack: { type: 'string', value: 'NAME', help: 'which stack of that file, when it holds several' },
  local: { type: 'boolean', help: 'the business that npm start runs here, instead of a deployed one' },
  json: { type: 'boolean', help: 'the result as JSON on standard output, for programs' },
} as const satisfies Options;

/** The option of every command that asks Stripe much. */
export const rateOption = {
  type: 'string',
  value: 'N',
  default: '10',
  help: 'calls to Stripe a second, at most (10 if not given); Stripe allows 25 in a sandbox and\n100 in live mode, for everything that uses the account together',
} as const satisfies Options[string];

type StackValues = Values<typeof stackOptions>;

/** A stack, deployed or local, before it is asked anything. */
export interface StackAddress {
  readonly outputs: StackOutputs;
  readonly secrets: SecretsManagerClient;
  readonly table: Table;
  /** Where Stripe's API is, when not at Stripe. */
  readonly stripeBase: string | undefined;
}

export interface OpenStack extends StackAddress {
  /** Of the account whose keys `setup` put into the secret. */
  readonly stripe: Stripe;
  readonly keys: Keys;
}

/** @throws an Error that says what to run */
export async function findStack(values: StackValues, env: NodeJS.ProcessEnv): Promise<StackAddress> {
  if (values.local === true) return localStack();
  const outputs = await readOutputs(values.outputs ?? 'cdk-outputs.json', values.stack);
  const aws = regionOf(outputs.secretId);
  return {
    outputs,
    secrets: new SecretsManagerClient(aws),
    table: { name: outputs.tableName, client: DynamoDBDocumentClient.from(new DynamoDBClient(aws)) },
    stripeBase: env['STRIPE_API_BASE'],
  };
}

/**
 * The stack with Stripe, by the keys that `setup` put into its secret: the very account that its functions work with.
 *
 * @throws an Error that says what to run
 */
export async function openStack(values: StackValues, env: NodeJS.ProcessEnv): Promise<OpenStack> {
  const address = await findStack(values, env);
  const keys = await keysOf(address);
  return { ...address, keys, stripe: connectStripe(keys.secretKey, address.stripeBase) };
}

async function keysOf({ secrets, outputs }: StackAddress): Promise<Keys> {
  try {
    return await readKeys(secrets, outputs.secretId);
  } catch (cause) {
    if (!(cause instanceof NotConfigured)) throw cause;
    throw new Error('The stack has no Stripe keys yet. Run first: npm run operator -- setup', { cause });
  }
}

async function localStack(): Promise<StackAddress> {
  const { dynamodb, secrets, stripe } = await localEndpoints();
  const outputs = await readOutputs(LOCAL_OUTPUTS, undefined, START_AGAIN);
  const aws = { region: 'us-east-1', credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' } };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ ...aws, endpoint: dynamodb }));
  return {
    outputs,
    secrets: new SecretsManagerClient({ ...aws, endpoint: secrets }),
    table: { name: outputs.tableName, client },
    stripeBase: stripe,
  };
}

/** The stack's own region, told by its secret's ARN, whatever region the operator's shell is in. */
function regionOf(secretId: string): { region: string } | Record<string, never> {
  const region = /^arn:[\w-]+:secretsmanager:([\w-]+):/.exec(secretId)?.[1];
  return region === undefined ? {} : { region };
}
