import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export interface DeploymentRoleProps {
  /** Where the archive of files is, among those of all stacks of the account. */
  readonly assets: IBucket;
  /** Where it goes. */
  readonly bucket: IBucket;
  /** What has to forget the files that were there before. */
  readonly distribution: Distribution;
  readonly logGroup: LogGroup;
}

/**
 * What the CDK's copying function does, read from its code (`aws s3 cp` of the archive, `aws s3 sync --delete`, an invalidation that
 * it waits for), and nothing else.
 */
export const deploymentRole = (scope: Construct, id: string, props: DeploymentRoleProps): Role => {
  const { assets, bucket, distribution, logGroup } = props;
  return new Role(scope, id, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      Deploy: new PolicyDocument({
        statements: [
          // Not this archive alone: a policy that changes with each page may reach IAM's every corner later than the copying begins.
          allow(['s3:GetObject'], assets.arnForObjects('*')),
          // The tags say whether another deployment has taken the bucket over, whose files are then left alone.
          allow(['s3:ListBucket', 's3:GetBucketTagging'], bucket.bucketArn),
          allow(['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'], bucket.arnForObjects('*')),
          allow(['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'], distribution.distributionArn),
          allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn),
        ],
      }),
    },
  });
};

const allow = (actions: readonly string[], resource: string): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [resource] });
