import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../../lib/bundle/files.ts';
import { functionNames } from '../../lib/routes.ts';
import { sharedBuild } from '../support/shared-build.ts';
import { must } from './permissions-table.ts';

// A whole build, when no other test file has made it yet.
jest.setTimeout(120_000);

/** Where a function's own code calls; the rest (logs, traces, its stream, its queue) Lambda does in the function's name. */
const CALLED = /^(?:dynamodb|secretsmanager|events):(\w+) on the (?:table|customer index|secret|members’ key|bus)$/;

let bundles: string;
beforeAll(async () => {
  bundles = (await sharedBuild()).functions;
});

/** All that ships as this function. What is not called there was left out by the bundler, the SDK's operations too. */
const codeOf = (name: string): string =>
  listFiles(join(bundles, name))
    .map((path) => readFileSync(join(bundles, name, path), 'utf8'))
    .join('\n');

describe('what the table of rights says that a function must do', () => {
  it.each(functionNames)('%s has the code for', (name) => {
    const operations = (must[name] ?? []).flatMap((right) => CALLED.exec(right)?.[1] ?? []);
    const code = codeOf(name);
    expect(operations.filter((operation) => !code.includes(`"${operation}"`))).toEqual([]);
  });

  it('is told from what it has no code for', () => {
    expect(codeOf('subscription')).not.toContain('"GetSecretValue"');
    expect(codeOf('webhook')).not.toContain('"DeleteItem"');
  });
});
