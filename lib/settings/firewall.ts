import type { Node } from 'constructs';
import { read, refuse } from './context.ts';

/** A web ACL in front of CloudFront: one of the stack's, or the ARN of the operator's own. */
export type Firewall = 'own' | { readonly webAclArn: string };

const WEB_ACL = /^arn:aws[a-z-]*:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[\w-]+$/;

export const readFirewall = (node: Node): Firewall | undefined => {
  const value = read(node, 'waf');
  if (value === undefined || value === false || value === 'false') return undefined;
  if (value === true || value === 'true') return 'own';
  return typeof value === 'string' && WEB_ACL.test(value)
    ? { webAclArn: value }
    : refuse('waf', value, 'it has to be true, false, or the ARN of a web ACL for CloudFront (in us-east-1, global)');
};
