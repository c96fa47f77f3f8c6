import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { FileSystem } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { makeApp } from '../../lib/app.ts';
import { type Build, bundle } from '../../lib/bundle/bundle.ts';
import { listFiles } from '../../lib/bundle/files.ts';
import { buildPage } from '../../lib/bundle/page.ts';
import { needs, type Variable } from '../../lib/functions/needs.ts';
import { sharedBuild } from '../support/shared-build.ts';
import { cloneInto } from './clone.ts';
import { stackOf, temporaryFolder } from './synthesized.ts';

// A whole build, while other tests run beside it.
jest.setTimeout(120_000);

const run = promisify(execFile);
const folder = temporaryFolder();
const clone = temporaryFolder();

/** Something that passes for a value. */
const VALUES: Partial<Record<Variable, string>> = {
  GRACE_DAYS: '7',
  DISPUTES: 'keep',
  CHECKOUT_UI_MODE: 'hosted_page',
};
const valueOf = (variable: Variable): string => VALUES[variable] ?? `https://${variable}.example`;

/** What the CDK names the assets by. */
const assetHashes = ({ functions, page, members }: Build): readonly string[] =>
  [functions, page, members].map((path) => FileSystem.fingerprint(path));

const templateOf = (build: Build): unknown =>
  Template.fromStack(stackOf(makeApp(build, { outdir: join(folder, 'assembly'), check: false }))).toJSON();

describe('the build', () => {
  let first: Build;
  let second: Build;
  beforeAll(async () => {
    first = await sharedBuild();
    for (const left of [
      'functions/config/left-over.mjs',
      'site/left-over.txt',
      'members-files/members/left-over.txt',
    ]) {
      mkdirSync(dirname(join(folder, left)), { recursive: true });
      writeFileSync(join(folder, left), '');
    }
    cloneInto(clone);
    second = await bundle({ root: clone, page: join(clone, 'static-site'), out: folder });
  });

  it('has for every function a handler that starts from its folder alone, with the variables that the stack gives', async () => {
    const forDeployments = { 'members-key': { environment: ['MEMBERS_KEY_SECRET_ID'] as const } };
    for (const [name, { environment }] of Object.entries({ ...needs, ...forDeployments })) {
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

  it('is the same from another clone of the same sources, whatever an earlier build left behind there', () => {
    expect(assetHashes(second)).toEqual(assetHashes(first));
  });

  it('gives the same template then, so that deploying it again changes nothing', () => {
    expect(templateOf(second)).toEqual(templateOf(first));
  });

  it('names no folder of the machine that made it', () => {
    const files = listFiles(folder).filter((path) => /^\/(functions|site)\//.test(path));
    expect(files.length).toBeGreaterThan(30);
    expect(files.filter((path) => readFileSync(join(folder, path)).includes(clone))).toEqual([]);
  });

  it('has the page’s script and files, and none of its sources', () => {
    expect(listFiles(first.page)).toEqual(expect.arrayContaining(['/index.html', '/de/main.js', '/style.css']));
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
