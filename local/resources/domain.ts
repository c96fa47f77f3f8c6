import { arn, shortId, type Provider } from './provider.ts';

/** AWS::CertificateManager::Certificate */
export const certificate: Provider = ({ logicalId }, cloud) => ({
  ref: arn(cloud, 'acm', `certificate/${shortId(logicalId)}`),
});

/** AWS::Route53::RecordSet */
export const recordSet: Provider = ({ properties }) => ({ ref: properties.text('Name') });

/** AWS::WAFv2::WebACL */
export const webAcl: Provider = ({ logicalId }, cloud) => {
  const id = shortId(logicalId);
  const Arn = arn(cloud, 'wafv2', `global/webacl/${logicalId}/${id}`);
  return { ref: `${logicalId}|${id}|CLOUDFRONT`, attributes: { Arn, Id: id } };
};
