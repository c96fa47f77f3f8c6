/* oxlint-disable no-new -- a construct adds itself to its scope */
import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { AaaaRecord, ARecord, HostedZone, type IHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { Domain } from '../settings/domain.ts';
import { onlyInUsEast1 } from './us-east-1.ts';

/** The operator's own address: its certificate, and with a zone of Route 53 the records that lead to CloudFront. */
export class SiteDomain extends Construct {
  readonly name: string;
  readonly certificate: ICertificate;
  private readonly zone: IHostedZone | undefined;

  constructor(scope: Construct, id: string, { name, certificateArn, hostedZoneId }: Domain) {
    super(scope, id);
    this.name = name;
    this.zone = hostedZoneId === undefined ? undefined : HostedZone.fromHostedZoneId(this, 'Zone', hostedZoneId);
    this.certificate =
      certificateArn === undefined
        ? this.newCertificate()
        : Certificate.fromCertificateArn(this, 'Certificate', certificateArn);
  }

  /** Nothing without a zone: the operator does it where the name is looked after. */
  pointTo(distribution: Distribution): void {
    if (this.zone === undefined) return;
    // With a dot at its end, so that it stands for itself and not for a name within the zone, whose own is not known.
    const record = {
      zone: this.zone,
      recordName: `${this.name}.`,
      target: RecordTarget.fromAlias(new CloudFrontTarget(distribution)),
    };
    new ARecord(this, 'Ipv4', record);
    new AaaaRecord(this, 'Ipv6', record);
  }

  private newCertificate(): ICertificate {
    onlyInUsEast1(this, 'Region', 'Make a certificate there and give its ARN: -c certificateArn=...');
    return new Certificate(this, 'Certificate', {
      domainName: this.name,
      validation: CertificateValidation.fromDns(this.zone),
    });
  }
}
