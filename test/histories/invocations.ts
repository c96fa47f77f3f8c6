import { AsyncLocalStorage } from 'node:async_hooks';

/** One run of a function. Killed, nothing that it would still do happens, except what is on its way already. */
export interface Invocation {
  readonly name: string;
  dead: boolean;
  kill(): void;
}

/** What API Gateway answers when a function ends without an answer. */
const GATEWAY_TIMEOUT = { statusCode: 504 };

export type Invocations = ReturnType<typeof createInvocations>;

/** Runs functions, and knows of each call on whose behalf it is made. */
export function createInvocations() {
  const current = new AsyncLocalStorage<Invocation>();
  const active = new Set<Invocation>();

  return {
    /** On whose behalf this very code runs; undefined for what is no function's. */
    current: (): Invocation | undefined => current.getStore(),
    /** Lets what is called later run on behalf of whoever runs now. */
    bind(run: () => void): () => void {
      const invocation = current.getStore();
      return invocation ? () => current.run(invocation, run) : run;
    },
    active: (): number => active.size,
    /** Another history: whatever still runs will never go on. */
    restart(): void {
      for (const invocation of active) invocation.kill();
      active.clear();
    },
    async run<T>(name: string, work: () => Promise<T>): Promise<T | typeof GATEWAY_TIMEOUT> {
      let killed: (answer: typeof GATEWAY_TIMEOUT) => void = () => {};
      const death = new Promise<typeof GATEWAY_TIMEOUT>((resolve) => {
        killed = resolve;
      });
      const invocation: Invocation = {
        name,
        dead: false,
        kill() {
          invocation.dead = true;
          killed(GATEWAY_TIMEOUT);
        },
      };
      active.add(invocation);
      try {
        return await Promise.race([current.run(invocation, work), death]);
      } finally {
        active.delete(invocation);
      }
    },
  };
}
