import { describe, log } from './log.ts';

/** What Lambda tells a function about its time and about this call of it. */
export interface JobContext {
  getRemainingTimeInMillis(): number;
  readonly awsRequestId?: string;
}

/** What a job is told. */
export interface JobTime {
  /** Milliseconds left; without a clock of Lambda's, for ever. */
  readonly left: () => number;
}

export type Job = (event?: unknown, context?: JobContext) => Promise<void>;

/**
 * A function on a schedule. What it throws is logged as routes do, by names and messages, and thrown on as that alone: Lambda
 * writes all that an error carries into the log, and Stripe's carry cards and addresses.
 */
export function job(work: (time: JobTime) => Promise<void>): Job {
  return async (_event, context) => {
    try {
      await work({ left: () => context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY });
    } catch (error) {
      const cause = describe(error);
      log.error('job failed', { requestId: context?.awsRequestId, cause });
      // oxlint-disable-next-line preserve-caught-error -- that is what is to stay out of Lambda's line
      throw new Error(cause);
    }
  };
}
