import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { acknowledgeDeployment } from './deployment-findings.ts';
import { deploymentRole } from './deployment-role.ts';

/** A private bucket with the page's files in it, and below `members/` those that only members may have. */
export class PageFiles extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // It holds copies of what is in the repository, nothing else.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Public files that only CloudFront and the deployment can reach; a log of that would need a bucket of its own.',
    });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the library's own types differ only in whether `isWebsite` may be written as undefined
    this.bucket = bucket as IBucket;
  }

  /** Copies the folders into the bucket on each deployment that changes them, and makes CloudFront forget the old files. */
  deploy([page, members]: readonly [page: string, members: string], distribution: Distribution): void {
    const files = new Asset(this, 'Files', { path: page });
    const membersFiles = new Asset(this, 'MembersFiles', { path: members });
    const logGroup = new LogGroup(this, 'DeploymentLog', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = deploymentRole(this, 'DeploymentRole', {
      assets: files.bucket,
      bucket: this.bucket,
      distribution,
      logGroup,
    });
    const deployment = new BucketDeployment(this, 'Deployment', {
      sources: [files, membersFiles].map(({ bucket, s3ObjectKey }) => Source.bucket(bucket, s3ObjectKey)),
      destinationBucket: this.bucket,
      prune: true,
      // With the stack the files go too: CloudFormation deletes empty buckets only.
      retainOnDelete: false,
      logGroup,
      // The CDK's own grants reach every distribution, every log and all assets of the account.
      role: role.withoutPolicyUpdates(),
      memoryLimit: 256,
      distribution,
      distributionPaths: ['/*'],
      // Browsers ask each time, and get a 304 from the nearest edge. The edge keeps it until the next deployment.
      cacheControl: [CacheControl.fromString('public, max-age=0, s-maxage=31536000, must-revalidate')],
    });
    acknowledgeDeployment(deployment, role, this.bucket);
  }
}
