import type { Timer } from '../events/schedule.ts';
import { attempts, type Mapping, type Means } from './attempts.ts';
import { pauses } from './pauses.ts';
import type { StreamRecord, TableStream } from './stream.ts';

export interface Surroundings extends Omit<Means, 'pause' | 'finish'> {
  /** What retries wait with. */
  readonly timer: Timer;
}

/**
 * Brings a stream's records to the function, in order and in batches. Returns what ends it: a batch in the middle of an
 * invocation then stays in the stream, and comes again in another life.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
 */
export function followStream(stream: TableStream, mapping: Mapping, { timer, ...means }: Surroundings): () => void {
  const pause = pauses(timer);
  let running = false;
  const reader = stream.read(() => {
    if (!running) void run();
  });
  const finish = (records: StreamRecord[]): void => {
    const last = records.at(-1);
    if (last !== undefined) reader.done(last);
  };
  const work = attempts(mapping, { ...means, pause, finish });

  async function run(): Promise<void> {
    running = true;
    // What is written in one go becomes one batch.
    await Promise.resolve();
    for (let batch = reader.peek(mapping.batchSize); batch.length > 0; batch = reader.peek(mapping.batchSize)) {
      await work(batch.filter(mapping.wanted));
      if (pause.stopped()) return;
      finish(batch);
    }
    running = false;
  }

  return pause.stop;
}
