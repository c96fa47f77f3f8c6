import { Aws, Names } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * A name for what CloudFront will not have without one. CloudFront is one for the whole account, so the region is part
 * of the name: else the same stack in a second region could not be deployed. At most 64 characters, the shortest that
 * CloudFront allows any of them.
 */
export const globalName = (scope: Construct): string =>
  `${Names.uniqueResourceName(scope, { maxLength: 46, separator: '-' })}-${Aws.REGION}`;
