/* oxlint-disable no-new -- a construct adds itself to its scope */
import { Aws, CfnRule, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * CloudFront takes certificates and web ACLs of us-east-1 only, and makes none itself. Which region it is turns out when
 * CloudFormation gets the template: there this rule refuses it, before anything is made.
 *
 * @param todo what to do in another region
 */
export const onlyInUsEast1 = (scope: Construct, id: string, todo: string): void => {
  new CfnRule(scope, id, {
    assertions: [
      {
        assert: Fn.conditionEquals(Aws.REGION, 'us-east-1'),
        assertDescription: `CloudFront takes it from us-east-1 only. ${todo}`,
      },
    ],
  });
};
