import { Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/**
 * Where the operator's `setup` puts the Stripe keys and webhook signing secrets.
 *
 * Made without a value, so that a key is in no template and no parameter, and so that "not set up yet" is a fact which
 * GetSecretValue tells (ResourceNotFoundException) and not a random password taken for a key. Hence the L1: the L2
 * generates a password whenever no value is given.
 */
export class StripeKeys extends Construct {
  /** The ARN, which is what `SECRET_ID` holds. */
  readonly secretId: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const secret = new CfnSecret(this, 'Secret', {
      description: 'Stripe keys and webhook signing secrets, written by: npm run operator -- setup',
    });
    this.secretId = secret.ref;
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Stripe has no API that rolls an API key, so a rotation function could not do it. The operator rolls keys in ' +
        "Stripe's dashboard and runs `npm run operator -- rotate keys`; functions read the new value within minutes.",
    });
  }

  grantRead(grantee: IGrantable): void {
    Grant.addToPrincipal({
      grantee,
      actions: ['secretsmanager:GetSecretValue'],
      resourceArns: [this.secretId],
    }).assertSuccess();
  }
}
