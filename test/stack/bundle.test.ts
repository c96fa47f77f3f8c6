import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { FileSystem } from 'aws-cdk-lib';
import { type Build, bundle } from '../../lib/bundle/bundle.ts';
import { listFiles } from '../../lib/bundle/files.ts';
import { buildPage } from '../../lib/bundle/page.ts';
import { needs, type Variable } from '../../lib/functions/needs.ts';
import { sharedBuild } from '../support/shared-build.ts';
import { temporaryFolder } from './synthesized.ts';

// A whole build, while other tests run beside it.
jest.setTimeout(120_000);

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const folder = temporaryFolder();

/** Something that passes for a value. */
const VALUES: Partial<Record<Variable, string>> = { GRACE_DAYS: '7', DISPUTES: 'keep' };
const valueOf = (variable: Variable): string => VALUES[variable] ?? `https://${variable}.example`;

/** What the CDK names the assets by. */
const assetHashes = ({ functions, page }: Build): readonly string[] =>
  [functions, page].map((path) => FileSystem.fingerprint(path));

describe('the build', () => {
  let first: Build;
  let second: Build;
  beforeAll(async () => {
    first = await sharedBuild();
    for (const left of ['functions/config/left-over.mjs', 'site/left-over.txt']) {
      mkdirSync(dirname(join(folder, left)), { recursive: true });
      writeFileSync(join(folder, left), '');
    }
    second = await bundle({ root, page: join(root, 'static-site'), out: folder });
  });

  it('has for every function a handler that starts from its folder alone, with the variables that the stack gives', async () => {
    for (const [name, { environment }] of Object.entries(needs)) {
      const variables = Object.fromEntries(environment.map((variable) => [variable, valueOf(variable)]));
      const start = `import { handler } from './index.mjs'; process.stdout.write(typeof handler)`;
      const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', start], {
        cwd: join(first.functions, name),
        env: {
          ...variables,
          AWS_REGION: 'eu-west-1',
          AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        },
      });
      expect([name, stdout, stderr]).toEqual([name, 'function', '']);
    }
  });

  it('is the same from the same sources, whatever an earlier build left behind', () => {
    expect(assetHashes(second)).toEqual(assetHashes(first));
  });

  it('has the page’s script and files, and none of its sources', () => {
    expect(listFiles(first.page)).toEqual(expect.arrayContaining(['/index.html', '/main.js', '/style.css']));
    expect(listFiles(first.page).filter((path) => /\.ts$|tsconfig/.test(path))).toEqual([]);
  });
});

describe('a page without index.html', () => {
  it('fails the build and says which file and where', async () => {
    const source = join(folder, 'page');
    mkdirSync(source);
    writeFileSync(join(source, 'main.ts'), '');
    await expect(buildPage({ source, out: join(folder, 'out') })).rejects.toThrow(`no index.html: looked in ${source}`);
  });
});
