import { randomUUID } from 'node:crypto';
import { AwsFault } from '../request.ts';

/** Uploads in parts that have begun. */
export interface Uploads {
  /** @returns the upload's id */
  begin(): string;
  add(id: string, partNumber: number, contents: Buffer): void;
  /** @returns the parts, put together in the order of their numbers */
  finish(id: string): Buffer;
}

export function uploads(): Uploads {
  const begun = new Map<string, Map<number, Buffer>>();
  const partsOf = (id: string): Map<number, Buffer> => {
    const parts = begun.get(id);
    if (parts === undefined) throw new AwsFault('NoSuchUpload', 'The specified upload does not exist.', 404);
    return parts;
  };
  return {
    begin: () => {
      const id = randomUUID();
      begun.set(id, new Map());
      return id;
    },
    add: (id, partNumber, contents) => {
      partsOf(id).set(partNumber, contents);
    },
    finish: (id) => {
      const parts = [...partsOf(id)].toSorted(([a], [b]) => a - b);
      begun.delete(id);
      return Buffer.concat(parts.map(([, contents]) => contents));
    },
  };
}
