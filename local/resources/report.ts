/** How the creation of a resource goes, in CloudFormation's words. */
export interface ResourceReport {
  readonly logicalId: string;
  readonly type: string;
  readonly status: 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'CREATE_FAILED';
  /** What `Ref` answers; only of what is complete. */
  readonly physicalId?: string;
  /** Only of what failed. */
  readonly reason?: string;
}
