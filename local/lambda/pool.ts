import type { FunctionDefinition, Outcome } from './definition.ts';
import { startInstance, type Instance, type Runtime } from './instance.ts';
import type { Invocation } from './messages.ts';

/** A function's execution environments. */
export interface Pool {
  run(invocation: Omit<Invocation, 'deadline'>): Promise<Outcome>;
  stop(): Promise<void>;
}

/** Lambda grows to a thousand; on one machine more than these wait in line. */
const mostInstances = 4;

/**
 * Starts environments at the first event (the cold start) and whenever all are busy, uses the one that was idle last
 * again, and throws away those that ended.
 */
export function startPool(definition: FunctionDefinition, runtime: Runtime, log: (line: string) => void): Pool {
  const instances = new Set<Instance>();
  const idle: Instance[] = [];
  const waiting: ((instance: Instance) => void)[] = [];
  const take = (): Instance | Promise<Instance> => {
    const warm = lastAlive(idle, instances);
    if (warm !== undefined) return warm;
    if (instances.size >= mostInstances) return new Promise((resolve) => waiting.push(resolve));
    return grow();
  };
  const grow = (): Instance => {
    const instance = startInstance(definition, runtime, log);
    instances.add(instance);
    return instance;
  };
  const giveBack = (instance: Instance): void => {
    if (!instance.alive()) instances.delete(instance);
    const next = waiting.shift();
    if (next !== undefined) next(instance.alive() ? instance : grow());
    else if (instance.alive()) idle.push(instance);
  };
  return {
    run: async (invocation) => {
      const instance = await take();
      return instance.run(invocation).finally(() => giveBack(instance));
    },
    stop: async () => {
      await Promise.all([...instances].map((instance) => instance.stop()));
    },
  };
}

/** An environment may have ended while it was idle, by an unhandled rejection after its answer. */
function lastAlive(idle: Instance[], instances: Set<Instance>): Instance | undefined {
  for (let instance = idle.pop(); instance !== undefined; instance = idle.pop()) {
    if (instance.alive()) return instance;
    instances.delete(instance);
  }
  return undefined;
}
