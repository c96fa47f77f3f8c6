import type { Trouble } from '../wire/trouble.ts';

/** Which calls of Stripe's API are to be broken, how, and how many more of them. */
export interface Fault extends Trouble {
  /** Null for any. */
  readonly method: string | null;
  /** Null for any; `*` stands for one part between slashes. */
  readonly path: string | null;
  readonly times: number;
}

export type Faults = ReturnType<typeof createFaults>;

function isPath(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return wanted.length === given.length && wanted.every((part, at) => part === '*' || part === given[at]);
}

const hits = ({ method, path }: Fault, call: { readonly method: string; readonly path: string }): boolean =>
  (method === null || method === call.method) && (path === null || isPath(path, call.path));

/** The faults that were asked for. A call meets one at most: the first that fits, which then has one time less. */
export function createFaults() {
  let faults: readonly Fault[] = [];
  return {
    add: (fault: Fault): void => {
      faults = [...faults, fault];
    },
    all: (): readonly Fault[] => faults,
    clear: (): void => {
      faults = [];
    },
    take: (call: { readonly method: string; readonly path: string }): Trouble | undefined => {
      const fault = faults.find((one) => hits(one, call));
      const used = (one: Fault): Fault => (one === fault ? { ...one, times: one.times - 1 } : one);
      faults = faults.map(used).filter(({ times }) => times > 0);
      return fault;
    },
  };
}
