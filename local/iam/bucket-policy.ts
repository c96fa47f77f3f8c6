import { runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import type { JsonObject } from '../template/json.ts';

export interface BucketAccess {
  bucketArn: string;
  policy: JsonObject;
  account: string;
  distributionArn: string;
}

/** Whether the bucket's policy lets CloudFront do this on behalf of that distribution, as a private bucket asks. */
export async function cloudFrontMay(action: 's3:GetObject' | 's3:ListBucket', access: BucketAccess): Promise<boolean> {
  const outcome = await runSimulation(simulation(action, access), {});
  if (outcome.resultType === 'error')
    throw new Error(`IAM cannot evaluate ${action}: ${JSON.stringify(outcome.errors)}`);
  return outcome.overallResult === 'Allowed';
}

function simulation(action: string, { bucketArn, policy, account, distributionArn }: BucketAccess): Simulation {
  return {
    identityPolicies: [],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: policy,
    request: {
      principal: 'cloudfront.amazonaws.com',
      action,
      resource: { resource: action === 's3:GetObject' ? `${bucketArn}/any` : bucketArn, accountId: account },
      // CloudFront asks over TLS 1.2 or later, on behalf of the distribution.
      contextVariables: {
        'aws:SourceArn': distributionArn,
        'aws:SourceAccount': account,
        'aws:SecureTransport': 'true',
        's3:TlsVersion': '1.3',
      },
    },
  };
}
