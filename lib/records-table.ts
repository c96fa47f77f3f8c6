import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { TableAction } from './functions/needs.ts';
import type { Settings } from './settings.ts';

const CUSTOMER_INDEX = 'customer';

/** The records: one table keyed by the user, and a sparse index from Stripe's customer id to the user. */
export class RecordsTable extends Construct {
  readonly tableName: string;
  private readonly table: Table;

  /** @param removal whether the records outlive the stack */
  constructor(scope: Construct, id: string, removal: Settings['removal']) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      // Nothing to pay for while nobody subscribes.
      billingMode: BillingMode.PAY_PER_REQUEST,
      // Both images, so that a renewal is known for one without a look at anything else.
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // Of what stands in the place of an erased user's records, until no event can come any more.
      timeToLiveAttribute: 'expiresAt',
      // Who paid for what outlives the stack: deleting it takes two deliberate steps.
      deletionProtection: removal === 'retain',
      removalPolicy: removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    // Only the keys: the user id is all that is looked for, and the index is written only when a customer is made.
    this.table.addGlobalSecondaryIndex({
      indexName: CUSTOMER_INDEX,
      partitionKey: { name: 'customerId', type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.tableName = this.table.tableName;
  }

  /** These actions on the table itself, not on its index. */
  grant(grantee: IGrantable, actions: readonly TableAction[]): void {
    Grant.addToPrincipal({
      grantee,
      actions: actions.map((action) => `dynamodb:${action}`),
      resourceArns: [this.table.tableArn],
    }).assertSuccess();
  }

  /** The stream of its changes. */
  get streamArn(): string {
    const { tableStreamArn } = this.table;
    if (tableStreamArn === undefined) throw new Error('The table has no stream.');
    return tableStreamArn;
  }

  /** What Lambda needs to bring the stream to a function, which it does with the function's role. */
  grantFollow(grantee: IGrantable): void {
    Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      resourceArns: [this.streamArn],
    }).assertSuccess();
    // Knows no resources; it tells which streams there are, and nothing that is in them.
    Grant.addToPrincipal({ grantee, actions: ['dynamodb:ListStreams'], resourceArns: ['*'] }).assertSuccess();
  }

  /** Query on the index alone: it cannot read anybody's records. */
  grantFindCustomer(grantee: IGrantable): void {
    this.grantOnIndex(grantee, 'dynamodb:Query');
  }

  /** Scan on the index alone: who is a customer, and nothing about them. */
  grantAllCustomers(grantee: IGrantable): void {
    this.grantOnIndex(grantee, 'dynamodb:Scan');
  }

  private grantOnIndex(grantee: IGrantable, action: string): void {
    Grant.addToPrincipal({
      grantee,
      actions: [action],
      resourceArns: [`${this.table.tableArn}/index/${CUSTOMER_INDEX}`],
    }).assertSuccess();
  }
}
