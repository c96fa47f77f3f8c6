import { cloudFrontMay } from '../iam/bucket-policy.ts';
import { createBucket, removeBucket, upload } from '../s3/buckets.ts';
import type { Fields } from '../template/fields.ts';
import { TemplateError } from '../template/json.ts';
import type { Bucket } from '../s3/buckets.ts';
import { physicalName, shortId, type Cloud, type Provider } from './provider.ts';

/** AWS::S3::Bucket */
export const bucket: Provider = ({ logicalId, properties }, cloud) => {
  const name = properties.text('BucketName', physicalName(cloud, logicalId, 63).toLowerCase());
  const created = createBucket(name);
  cloud.onStop(() => removeBucket(created));
  cloud.buckets.set(name, created);
  const DomainName = `${name}.s3.amazonaws.com`;
  const RegionalDomainName = `${name}.s3.${cloud.region}.amazonaws.com`;
  return { ref: name, attributes: { Arn: `arn:aws:s3:::${name}`, DomainName, RegionalDomainName } };
};

/** AWS::S3::BucketPolicy: which of the stack's distributions may read the bucket. */
export const bucketPolicy: Provider = async ({ logicalId, properties }, cloud) => {
  const to = bucketOf(properties, 'Bucket', cloud);
  const policy = properties.group('PolicyDocument').values;
  for (const distributionArn of cloud.sites.keys()) {
    const access = { bucketArn: `arn:aws:s3:::${to.name}`, policy, account: cloud.account, distributionArn };
    if (await cloudFrontMay('s3:GetObject', access)) to.readers.add(distributionArn);
    if (await cloudFrontMay('s3:ListBucket', access)) to.listers.add(distributionArn);
  }
  return { ref: shortId(logicalId) };
};

/** Custom::CDKBucketDeployment: its assets' files, put into the bucket. They are folders here, and not zipped. */
export const bucketDeployment: Provider = ({ logicalId, properties }, cloud) => {
  const to = bucketOf(properties, 'DestinationBucketName', cloud);
  const prefix = properties.text('DestinationBucketKeyPrefix', '');
  for (const key of properties.texts('SourceObjectKeys')) {
    upload(to, cloud.asset(key, `${properties.place}.SourceObjectKeys`), prefix);
  }
  const metadata = properties.group('SystemMetadata');
  to.metadata = Object.fromEntries(Object.keys(metadata.values).map((name) => [name, metadata.text(name)]));
  return { ref: shortId(logicalId), attributes: { DestinationBucketArn: `arn:aws:s3:::${to.name}` } };
};

function bucketOf(properties: Fields, property: string, cloud: Cloud): Bucket {
  const found = cloud.buckets.get(properties.text(property));
  if (found !== undefined) return found;
  throw new TemplateError(`${properties.place}.${property}`, 'is no bucket of this stack.', 'Mend lib/.');
}
