import { newStack, type Stack } from './stack.ts';

const NAME = 'CDKToolkit';

/** The newest that this project's CDK makes. */
export const BOOTSTRAP_VERSION = '31';

/** What `cdk bootstrap` makes in an account is here from the start: nobody has to make a bucket or roles. */
export function bootstrapStack(account: string, region: string): Stack {
  const BucketName = `cdk-hnb659fds-assets-${account}-${region}`;
  const outputs = {
    BucketName,
    BucketDomainName: `${BucketName}.s3.amazonaws.com`,
    BootstrapVersion: BOOTSTRAP_VERSION,
  };
  return { ...newStack(account, region, NAME), status: 'CREATE_COMPLETE', outputs };
}

/** Whatever `cdk bootstrap` wants of it is there. */
export const isBootstrap = ({ name }: Stack): boolean => name === NAME;
