import { join } from 'node:path';
import { CustomResource, Duration, Validations } from 'aws-cdk-lib';
import { type IKeyGroup, KeyGroup, PublicKey } from 'aws-cdk-lib/aws-cloudfront';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { RouteFunction } from '../functions/route-function.ts';
import { globalName } from '../site/global-name.ts';

/** Seconds. A key pair takes one or two to make, and IAM may need twenty to know of a new role everywhere. */
const PATIENCE = 60;

export interface MembersKeyProps {
  /** The folder that holds a folder per function. */
  readonly bundles: string;
  readonly metricsNamespace: string;
}

/**
 * The key pair that opens the members' files. It is made while the stack is deployed, by a function of ours: the private key is in its
 * secret and nowhere else, in no template and on no operator's machine; CloudFront gets the public one. Another key is another
 * construct of this kind (context `membersKey`): CloudFront changes no key in place, and a deployment that is rolled back
 * finds the old one as it was.
 */
export class MembersKey extends Construct {
  /** What CloudFront calls the public key. */
  readonly keyId: string;
  /** The ARN of the secret with the private key. */
  readonly secretId: string;
  /** Whoever signs with this key may have the files. */
  readonly keyGroup: IKeyGroup;

  constructor(scope: Construct, id: string, props: MembersKeyProps) {
    super(scope, id);
    this.secretId = this.emptySecret();
    const publicKey = this.pair(props);
    this.keyId = publicKey.publicKeyId;
    this.keyGroup = new KeyGroup(this, 'Group', { keyGroupName: globalName(this), items: [publicKey] });
  }

  grantRead(grantee: IGrantable): void {
    this.grant(grantee, 'secretsmanager:GetSecretValue');
  }

  private emptySecret(): string {
    const secret = new CfnSecret(this, 'Secret', { description: 'Opens the members’ files; made by a deployment' });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'The other half of the key is in CloudFront, whose keys never change: another one is another deployment, with ' +
        '-c membersKey=<number>.',
    });
    return secret.ref;
  }

  private pair({ bundles, metricsNamespace }: MembersKeyProps): PublicKey {
    const maker = new RouteFunction(this, 'Maker', {
      description: 'functions/members-key.ts',
      bundle: join(bundles, 'members-key'),
      environment: { MEMBERS_KEY_SECRET_ID: this.secretId, METRICS_NAMESPACE: metricsNamespace },
      timeout: PATIENCE,
    });
    this.grant(maker.function, 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue');
    const made = new CustomResource(this, 'Pair', {
      resourceType: 'Custom::MembersKey',
      serviceToken: maker.function.functionArn,
      serviceTimeout: Duration.seconds(2 * PATIENCE),
    });
    const encodedKey = made.getAttString('PublicKey');
    return new PublicKey(this, 'Public', { publicKeyName: globalName(this), encodedKey });
  }

  private grant(grantee: IGrantable, ...actions: string[]): void {
    Grant.addToPrincipal({ grantee, actions, resourceArns: [this.secretId] }).assertSuccess();
  }
}
