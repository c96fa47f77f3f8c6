import { runAssembly } from '../stack.ts';
import type { RunOptions } from '../options.ts';
import { assetStore } from './assets/store.ts';
import { s3 } from './assets/s3.ts';
import { bootstrapStack } from './cloudformation/bootstrap.ts';
import { cloudFormation } from './cloudformation/service.ts';
import type { LeftTables, Run } from './cloudformation/life.ts';
import type { Stack } from './cloudformation/stack.ts';
import { startEndpoint } from './endpoint.ts';
import { forwarding } from './forward.ts';
import type { AwsService } from './request.ts';
import { ssm } from './ssm.ts';
import { sts } from './sts.ts';

export interface DeployableOptions extends Omit<RunOptions, 'ports' | 'onResource'> {
  /** Of the endpoint; `port` is the site's, of the first stack that runs. */
  readonly endpointPort: number;
}

export interface DeployableCloud {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string;
  /** The access key id, and for all that counts here the secret, of who may do everything. */
  readonly accessKeyId: string;
  stop(): Promise<void>;
}

/** Nobody's account. */
const account = '000000000000';
const operator = 'operator';

/**
 * A cloud without anything in it, for the real `cdk deploy` to deploy to. It has what the CDK's command line calls of STS,
 * SSM, S3 and CloudFormation, and hands on the rest to the stacks that it runs.
 */
export async function startDeployableCloud({
  endpointPort,
  port,
  ...options
}: DeployableOptions): Promise<DeployableCloud> {
  const bootstrap = bootstrapStack(account, 'us-east-1');
  const stacks = new Map<string, Stack>([[bootstrap.name, bootstrap]]);
  const left: LeftTables[] = [];
  const assets = assetStore();
  const asset = (key: string, place: string): string => assets.open(key, place);
  const run: Run = ({ name, region, nameEnd, ports }, template, { onResource, earlier }) => {
    const assembly = { stackName: name, nameEnd, account, region, template, asset };
    const isFirst = [...stacks.values()].every(({ running }) => running === undefined);
    return runAssembly(assembly, { ...options, port: isFirst ? port : 0, ports, onResource, earlier });
  };
  const own: Readonly<Partial<Record<string, AwsService>>> = {
    cloudformation: cloudFormation({
      account,
      stacks,
      readTemplate: (key) => assets.read(key)?.toString('utf8'),
      run,
      leave: (tables) => left.push(tables),
    }),
    s3: s3(assets),
    ssm,
    sts: sts(account, operator),
  };
  const endpoint = await startEndpoint({
    port: endpointPort,
    operatorKey: operator,
    service: (name) => own[name] ?? forwarding(name, stacks, left),
  });
  return {
    url: endpoint.url,
    accessKeyId: operator,
    stop: async () => {
      await endpoint.close();
      for (const { running } of stacks.values()) await running?.stop();
      for (const tables of left) await tables.stop();
      assets.stop();
    },
  };
}
