import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface RouteFunctionProps {
  readonly description: string;
  /** A folder with the bundled `index.mjs`. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds. @default 10 */
  readonly timeout?: number | undefined;
}

/**
 * One Lambda function with a role and a log group of its own. The role may write that log and send traces; all else
 * is granted by those who own it.
 */
export class RouteFunction extends Construct {
  readonly function: Function;

  constructor(scope: Construct, id: string, props: RouteFunctionProps) {
    super(scope, id);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Instead of AWSLambdaBasicExecutionRole, which may write every log of the account.
    logGroup.grantWrite(role);
    this.function = new Function(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.bundle),
      memorySize: 256,
      timeout: Duration.seconds(props.timeout ?? 10),
      tracing: Tracing.ACTIVE,
      environment: { ...props.environment },
      role,
      logGroup,
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'xray:PutTraceSegments and xray:PutTelemetryRecords know no resources; both only send, and read nothing. Nor does ' +
        'dynamodb:ListStreams, for the function that follows the table; it reads no record.',
    });
  }
}
