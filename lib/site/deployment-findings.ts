import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { BucketDeployment } from 'aws-cdk-lib/aws-s3-deployment';
import type { IConstruct } from 'constructs';

/** The function that copies the page is the CDK's: its code and its runtime are not for us to write. It runs only during a deployment. */
export const acknowledgeDeployment = (deployment: BucketDeployment, role: Role, bucket: IBucket): void => {
  const qualifier = Stack.of(deployment).synthesizer.bootstrapQualifier ?? 'hnb659fds';
  const assets = `arn:<AWS::Partition>:s3:::cdk-${qualifier}-assets-<AWS::AccountId>-<AWS::Region>`;
  Validations.of(role).acknowledge(
    {
      id: `AwsSolutions-IAM5[Resource::<${logicalId(bucket)}.Arn>/*]`,
      reason: 'It replaces all of the page’s files, in the page’s own bucket.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::${assets}/*]`,
      reason: 'It reads an archive whose name changes with each page, from the bucket that the CDK made for archives.',
    },
  );
  Validations.of(copier(deployment)).acknowledge({
    id: 'AwsSolutions-L1',
    reason: 'BucketDeployment names the Python that its code was tested on.',
  });
};

/** The function is shared by all deployments of a stack, and so the stack's. */
const copier = (deployment: BucketDeployment): IConstruct => {
  const found = Stack.of(deployment).node.children.find(({ node }) =>
    node.id.startsWith('Custom::CDKBucketDeployment'),
  );
  if (found === undefined) throw new Error('BucketDeployment names its function otherwise by now.');
  return found;
};

const logicalId = (bucket: IBucket): string => {
  const resource = bucket.node.defaultChild;
  if (!CfnResource.isCfnResource(resource)) throw new Error(`${bucket.node.path} is no bucket of this stack.`);
  return String(Stack.of(bucket).resolve(resource.logicalId));
};
