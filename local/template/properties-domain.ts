import { tags, type KnownProperties } from './known.ts';

const noTls = 'there is no TLS on loopback, and nobody to issue a certificate';
const noNames =
  'the site is on localhost, which no name server has to know; URLs of its own name are put right instead';
const noFirewall = 'visitors on this machine are no flood, and no firewall is here to look at what they send';

/** What stands before CloudFront: made, so that it can be referred to, and nothing else. */
export const domainProperties: Readonly<Record<string, KnownProperties>> = {
  'AWS::CertificateManager::Certificate': {
    honoured: [],
    ignored: { DomainName: noTls, DomainValidationOptions: noTls, ValidationMethod: noTls, Tags: tags },
  },
  'AWS::Route53::RecordSet': {
    honoured: ['Name'],
    ignored: { Type: noNames, HostedZoneId: noNames, AliasTarget: noNames },
  },
  'AWS::WAFv2::WebACL': {
    honoured: [],
    ignored: {
      DefaultAction: noFirewall,
      Description: noFirewall,
      Rules: noFirewall,
      Scope: noFirewall,
      Tags: tags,
      VisibilityConfig: noFirewall,
    },
  },
};
