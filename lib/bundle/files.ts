import { readdirSync } from 'node:fs';

/** All files under `folder`, as sorted URL paths like `/main.js`. Throws when there is no such folder. */
export const listFiles = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath.slice(folder.length)}/${entry.name}`.replaceAll('\\', '/'))
    .sort();
