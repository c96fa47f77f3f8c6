import { startFront, type FrontOptions } from '../cloudfront/front.ts';
import type { Fields } from '../template/fields.ts';
import { TemplateError } from '../template/json.ts';
import type { Bucket } from '../s3/buckets.ts';
import { keysOf } from './cloudfront-keys.ts';
import { portOf, shortId, type Cloud, type Created, type Provider } from './provider.ts';

/** AWS::CloudFront::Distribution: the site, on the port that was asked for. */
export const distribution: Provider = async ({ logicalId, properties }, cloud) => {
  const id = `E${shortId(`${cloud.stackName}/${logicalId}`, 13).toUpperCase()}`;
  const arn = `arn:aws:cloudfront::${cloud.account}:distribution/${id}`;
  const front = await startFront({
    port: cloud.ports.get(logicalId) ?? cloud.sitePort,
    distribution: properties.group('DistributionConfig'),
    cachePolicy: (policyId) => cloud.cachePolicies.get(policyId),
    originRequestPolicy: (policyId) => cloud.originRequestPolicies.get(policyId),
    responseHeadersPolicy: (policyId) => cloud.responseHeadersPolicies.get(policyId),
    functionCode: (functionArn) => edgeCode(functionArn, properties, cloud),
    origin: (domainName) => originAt(domainName, arn, properties, cloud),
    keyGroup: (groupId) => keysOf(groupId, properties, cloud),
    signersNow: cloud.functionsNow,
    log: cloud.log,
  });
  cloud.onStop(() => front.stop());
  cloud.ports.set(logicalId, portOf(front.url));
  cloud.sites.set(arn, front.url);
  const DomainName = new URL(front.url).host;
  for (const host of [DomainName, ...front.aliases]) cloud.addresses.add(`https://${host}`, front.url);
  return { ref: id, attributes: { Id: id, DomainName } };
};

/** AWS::CloudFront::Function, published with the stack. */
export const edgeFunction: Provider = ({ logicalId, properties }, cloud) => {
  const place = `${properties.place}.FunctionConfig.Runtime`;
  if (properties.group('FunctionConfig').text('Runtime') !== 'cloudfront-js-2.0') {
    throw new TemplateError(place, 'is not cloudfront-js-2.0.', 'Set it in lib/: nothing else is run here.');
  }
  if (!properties.flag('AutoPublish', false)) {
    throw new TemplateError(`${properties.place}.AutoPublish`, 'is not true.', 'An unpublished function does nothing.');
  }
  const arn = `arn:aws:cloudfront::${cloud.account}:function/${cloud.stackName}-${logicalId}`;
  cloud.edgeFunctions.set(arn, properties.text('FunctionCode'));
  return { ref: arn, attributes: { FunctionARN: arn } };
};

/** AWS::CloudFront::OriginAccessControl: CloudFront signs what it asks of a bucket; that an origin has one is what counts. */
export const originAccessControl: Provider = ({ logicalId, properties }) => {
  const config = properties.group('OriginAccessControlConfig');
  if (config.text('OriginAccessControlOriginType') !== 's3' || config.text('SigningBehavior') !== 'always') {
    throw new TemplateError(config.place, 'is not of type s3 and always signing.', 'Nothing else is known here.');
  }
  return identified(logicalId);
};

/** A policy kept for the distribution that names it by id. */
export function policyIn(kept: (cloud: Cloud) => Map<string, Fields>, property: string): Provider {
  return ({ logicalId, properties }, cloud) => {
    const created = identified(logicalId);
    kept(cloud).set(created.ref, properties.group(property));
    return created;
  };
}

function identified(logicalId: string): Created {
  const id = shortId(logicalId, 20);
  return { ref: id, attributes: { Id: id } };
}

function edgeCode(functionArn: string, properties: Fields, cloud: Cloud): string {
  const code = cloud.edgeFunctions.get(functionArn);
  if (code !== undefined) return code;
  throw new TemplateError(
    properties.place,
    `names the function ${functionArn}, which is not in this stack.`,
    'Mend lib/.',
  );
}

type Origin = ReturnType<FrontOptions['origin']>;

/** The bucket or the API of this stack that has the name in AWS (or, for an API, here). */
function originAt(domainName: string, distributionArn: string, properties: Fields, cloud: Cloud): Origin {
  const bucket = [...cloud.buckets.values()].find(({ name }) => domainName.startsWith(`${name}.s3.`));
  if (bucket !== undefined) return bucketOrigin(bucket, distributionArn);
  const api = [...cloud.apis.values()].find(
    (one) => one.domainName === domainName || one.url === `http://${domainName}`,
  );
  if (api !== undefined) return { kind: 'http', url: api.url };
  const problem = `has the origin ${domainName}, which is no bucket and no API of this stack.`;
  throw new TemplateError(
    properties.place,
    problem,
    'Only those can be origins here: see local/resources/cloudfront.ts.',
  );
}

/** Files, policy and metadata arrive after the distribution stands, so each is looked up when it is asked for. */
function bucketOrigin(bucket: Bucket, distributionArn: string): Origin {
  return {
    kind: 's3',
    folder: bucket.folder,
    get mayRead() {
      return bucket.readers.has(distributionArn);
    },
    get mayList() {
      return bucket.listers.has(distributionArn);
    },
    get objectHeaders() {
      return bucket.metadata;
    },
  };
}
