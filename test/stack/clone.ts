import { cpSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { extname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What a build reads of the repository, beside packages. */
const SOURCES = [
  'billing',
  'clients',
  'functions',
  'members',
  'static-site',
  'package.json',
  'plans.json',
  'tsconfig.json',
];

/** The libraries that only the stack is made of, and 400 MB of them. */
const ONLY_FOR_THE_STACK = /^node_modules\/(aws-cdk-lib|constructs)\b/;

/**
 * Another clone, as far as a build reads it: the sources, with times of their own, and a copy of the packages. A link to
 * them would not do, because esbuild names each file by where it really is.
 */
export const cloneInto = (folder: string): void => {
  for (const name of SOURCES) cpSync(join(root, name), join(folder, name), { recursive: true });
  for (const path of shippedPackages())
    cpSync(join(root, path), join(folder, path), { recursive: true, filter: isRead });
  const longAgo = new Date('2020-02-02T02:02:02Z');
  for (const name of ['functions/webhook.ts', 'static-site/main.ts']) utimesSync(join(folder, name), longAgo, longAgo);
};

const shippedPackages = (): string[] => {
  const lock: { packages: Record<string, { dev?: boolean }> } = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  );
  return Object.entries(lock.packages).flatMap(([path, { dev }]) =>
    path.startsWith('node_modules/') && dev !== true && !ONLY_FOR_THE_STACK.test(path) ? [path] : [],
  );
};

const isRead = (path: string): boolean =>
  ['.js', '.mjs', '.cjs', '.json'].includes(extname(path)) || statSync(path).isDirectory();
