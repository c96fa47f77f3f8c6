import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type App, CfnResource } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { appWith, stackOf } from './synthesized.ts';

// The validator takes seconds to start, and longer while other tests run beside this one.
jest.setTimeout(120_000);

/** The records table, whose properties a fault may override. */
const tableOf = (app: App): CfnResource => {
  const table = stackOf(app)
    .node.findAll()
    .find((each) => CfnResource.isCfnResource(each) && each.cfnResourceType === 'AWS::DynamoDB::Table');
  if (!CfnResource.isCfnResource(table)) throw new Error('The stack has no table.');
  return table;
};

/** The report that synthesis fails with, or nothing. */
const reportOf = (app: App): string => {
  try {
    app.synth();
    return '';
  } catch (error) {
    return String(error);
  }
};

describe('synthesis with no finding', () => {
  const own = {
    oidcIssuer: 'https://id.example.com',
    oidcClientId: 'page',
    stage: 'test',
    domainName: 'app.example.com',
    hostedZoneId: 'Z0123456789AB',
    waf: true,
  };
  const cognito = appWith({ check: true });
  const ownProvider = appWith({ check: true, context: own });

  it('passes, as it is and with a provider, a domain and a firewall', () => {
    expect(reportOf(cognito)).toBe('');
    expect(reportOf(ownProvider)).toBe('');
  });
});

describe('synthesis with faults', () => {
  const app = appWith({ check: true });
  let report = '';

  beforeAll(() => {
    tableOf(app).addPropertyOverride('BilingMode', 'PAY_PER_REQUEST');
    tableOf(app).addPropertyOverride('GlobalSecondaryIndexes.0.Projection.ProjectionType', 'KEYS');
    Reflect.construct(Bucket, [stackOf(app), 'Open']);
    report = reportOf(app);
  });

  it('fails on a property that CloudFormation does not know', () => {
    expect(report).toMatch(/ERROR BilingMode.*Did you mean 'BillingMode'/);
  });

  it('fails on a value that CloudFormation does not know, which the validator calls a warning', () => {
    expect(report).toMatch(/ERROR .*'KEYS' is not one of.*\n.*\n.*W3030/);
  });

  it('fails on a finding of cdk-nag, and names the resource and the rule', () => {
    expect(report).toMatch(/ERROR .*to use SSL.*\n.*Subscriptions\/Open\/Resource.*\n.*AwsSolutions-S10/);
  });
});
