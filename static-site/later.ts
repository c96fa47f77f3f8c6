import { Fault } from './faults.ts';

/** A script that comes when it is needed (`import()`). @throws Fault when the network does not bring it */
export const later = <T>(script: Promise<T>): Promise<T> =>
  script.catch((cause: unknown) => {
    throw new Fault('offline', { cause });
  });
