import type { Outcome } from '../lambda/definition.ts';
import type { JsonObject } from '../template/json.ts';
import { unprocessed } from './outcome.ts';
import type { Pauses } from './pauses.ts';
import type { StreamRecord } from './stream.ts';

/** An event source mapping from a table's stream to a function, as the template declares it. */
export interface Mapping {
  readonly batchSize: number;
  /** Whether the function gets this record; the others are passed over. */
  readonly wanted: (record: JsonObject) => boolean;
  /** Whether the function says itself which records failed. */
  readonly reportsFailures: boolean;
  /** Whether a batch that failed is tried again in halves. */
  readonly bisects: boolean;
  /** How often a batch is tried again; Infinity until it is too old. */
  readonly retries: number;
  /** Older records are given up, in seconds. */
  readonly mostAge: number;
}

/** Why records were given up, in AWS's word. */
export type Condition = 'RetryAttemptsExhausted' | 'MaximumRecordAgeExceeded';

export interface Means {
  readonly invoke: (event: { Records: StreamRecord[] }) => Promise<Outcome>;
  /** Told of records that will not be tried again, after so many invocations. */
  readonly giveUp: (records: StreamRecord[], condition: Condition, invocations: number) => void;
  /** Told of records that will not come again, and with them all before. */
  readonly finish: (records: StreamRecord[]) => void;
  readonly log: (line: string) => void;
  readonly pause: Pauses;
}

/** The wait before the first retry and the longest before a further one, in milliseconds. */
const firstWait = 100;
const longestWait = 60_000;

/** Has the function work on a batch until each of its records is done with or given up; or until the cloud stops. */
export function attempts(mapping: Mapping, { invoke, giveUp, log, pause, finish }: Means) {
  async function work(records: StreamRecord[], retried = 0): Promise<void> {
    const fresh = discardOld(records, retried);
    if (fresh.length === 0 || pause.stopped()) return;
    const outcome = await invoke({ Records: fresh });
    if (pause.stopped()) return;
    const failed = unprocessed(fresh, outcome, mapping.reportsFailures);
    finish(fresh.slice(0, fresh.length - failed.length));
    if (failed.length === 0) return;
    const reason = outcome.kind === 'failed' ? `: ${outcome.errorMessage}` : '';
    log(`${failed.length} of ${fresh.length} records failed${reason}`);
    await again(failed, retried);
  }

  async function again(failed: StreamRecord[], retried: number): Promise<void> {
    const splits = mapping.bisects && failed.length > 1;
    if (!splits && retried >= mapping.retries) return discard(failed, 'RetryAttemptsExhausted', retried + 1);
    await pause.wait(Math.min(longestWait, firstWait * 2 ** retried));
    if (!splits) return work(failed, retried + 1);
    // In AWS neither does splitting count as a retry.
    const middle = Math.ceil(failed.length / 2);
    await work(failed.slice(0, middle), retried);
    await work(failed.slice(middle), retried);
  }

  function discardOld(records: StreamRecord[], retried: number): StreamRecord[] {
    const oldest = Date.now() / 1000 - mapping.mostAge;
    const fresh = records.filter(({ dynamodb }) => dynamodb.ApproximateCreationDateTime >= oldest);
    const old = records.slice(0, records.length - fresh.length);
    if (old.length > 0) discard(old, 'MaximumRecordAgeExceeded', retried);
    return fresh;
  }

  function discard(records: StreamRecord[], condition: Condition, invocations: number): void {
    giveUp(records, condition, invocations);
    finish(records);
  }

  return (records: StreamRecord[]) => work(records);
}
