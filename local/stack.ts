import { startServices, type ServiceUrls } from './services.ts';
import { createStack } from './create.ts';
import { dump, type Stored } from './keep.ts';
import type { RunOptions, StackOptions } from './options.ts';
import { loadAssembly, type Assembly } from './template/assembly.ts';

type Stop = () => Promise<void> | void;

export interface RunningStack extends ServiceUrls {
  stackName: string;
  /** The stack's outputs, resolved. */
  outputs: Record<string, string>;
  sites: string[];
  apis: string[];
  issuers: string[];
  /** All that is in its tables and secrets, and its custom resources, for another life of the same stack. */
  dump: () => Promise<Stored>;
  /** Puts back what was in the tables; the rest is an option of the start. @throws Error when the stack has not all of them */
  restore: (stored: Stored) => Promise<void>;
  /** Ends workers, servers and timers; may be called again. */
  stop: () => Promise<void>;
  /** Ends all but DynamoDB, for a stack that leaves tables behind. @returns what ends that too */
  retire: () => Promise<Stop>;
}

/** Creates the stack of the assembly in a folder on this machine. */
export function startStack({ assembly, ...options }: StackOptions): Promise<RunningStack> {
  return runAssembly(loadAssembly(assembly), options);
}

/** Creates an assembly's stack on this machine. If a resource fails, what stood already is taken down again. */
export async function runAssembly(assembly: Assembly, options: RunOptions): Promise<RunningStack> {
  const stops: Stop[] = [];
  const stop = stopOnce(stops);
  try {
    const { cloud, urls } = await startServices(assembly, options, (end) => stops.push(end));
    const outputs = await createStack(assembly, cloud, options.onResource);
    return {
      stackName: assembly.stackName,
      outputs,
      ...urls,
      sites: [...cloud.sites.values()],
      apis: [...cloud.apis.values()].map((api) => api.url),
      issuers: cloud.issuers,
      dump: () => dump(cloud),
      restore: (stored) => cloud.dynamo.restore(stored),
      stop,
      retire: async () => {
        await stopOnce(stops.filter((each) => each !== cloud.dynamo.stop))();
        return cloud.dynamo.stop;
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Backwards: what was built last leans on what was built before. One that fails does not keep the others standing. */
function stopOnce(stops: Stop[]): () => Promise<void> {
  const stopAll = async (): Promise<void> => {
    const faults: unknown[] = [];
    for (const stop of stops.toReversed())
      await Promise.resolve()
        .then(stop)
        .catch((fault: unknown) => faults.push(fault));
    if (faults.length > 0) throw new AggregateError(faults, 'Parts of the local cloud did not stop.');
  };
  let stopping: Promise<void> | undefined;
  return () => (stopping ??= stopAll());
}
