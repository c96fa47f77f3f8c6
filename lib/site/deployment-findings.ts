import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { BucketDeployment } from 'aws-cdk-lib/aws-s3-deployment';

/**
 * The function that copies the page is the CDK's: its code, runtime and grants are not for us to write. It runs only
 * during a deployment. Each finding is named, so that a wider grant of a later CDK is a finding again.
 */
export const acknowledgeDeployment = (deployment: BucketDeployment, bucket: IBucket): void => {
  const stack = Stack.of(deployment);
  const qualifier = stack.synthesizer.bootstrapQualifier ?? 'hnb659fds';
  const assets = `arn:<AWS::Partition>:s3:::cdk-${qualifier}-assets-<AWS::AccountId>-<AWS::Region>`;
  const copies =
    'BucketDeployment lists, reads and replaces all files: of the page’s own bucket and of the CDK’s assets.';
  const findings = [
    ...['s3:GetObject*', 's3:GetBucket*', 's3:List*', 's3:DeleteObject*', 's3:Abort*'].map((action) => ({
      id: `AwsSolutions-IAM5[Action::${action}]`,
      reason: copies,
    })),
    ...[`${assets}/*`, `<${logicalId(bucket)}.Arn>/*`].map((resource) => ({
      id: `AwsSolutions-IAM5[Resource::${resource}]`,
      reason: copies,
    })),
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'BucketDeployment grants cloudfront:CreateInvalidation and GetInvalidation that way: they make a cache forget.',
    },
    {
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      reason: 'BucketDeployment gives its function the right to log that way.',
    },
    { id: 'AwsSolutions-L1', reason: 'BucketDeployment names the Python that its code was tested on.' },
  ];
  // The role's parent is the function, which is shared by all deployments of a stack.
  Validations.of(deployment.handlerRole.node.scope ?? deployment).acknowledge(...findings);
};

const logicalId = (bucket: IBucket): string => {
  const resource = bucket.node.defaultChild;
  if (!CfnResource.isCfnResource(resource)) throw new Error(`${bucket.node.path} is no bucket of this stack.`);
  return String(Stack.of(bucket).resolve(resource.logicalId));
};
