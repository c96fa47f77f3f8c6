/** What setup found or did, for the operator to read. */
export interface Change {
  readonly what: string;
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'removed';
}

export type Report = (change: Change) => void;
