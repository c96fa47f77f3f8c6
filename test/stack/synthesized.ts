import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { type App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { makeApp, type MakeAppProps } from '../../lib/app.ts';
import { type Build, builtIn } from '../../lib/bundle/bundle.ts';
import { functionNames } from '../../lib/routes.ts';

/** A folder that is gone when the test file ends. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'stack-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** A custom resource's function is waited for: this one makes the key, and keeps none. */
const answersWithAKey = `import { generateKeyPairSync } from 'node:crypto';
export const handler = async ({ ResponseURL, RequestId, StackId, LogicalResourceId }) => {
  const PublicKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' });
  const made = { Status: 'SUCCESS', PhysicalResourceId: 'key', Data: { PublicKey } };
  await fetch(ResponseURL, { method: 'PUT', body: JSON.stringify({ RequestId, StackId, LogicalResourceId, ...made }) });
};`;

/** A build with nothing in it: what the template says does not depend on what the bundles do. */
const emptyBuild = (): Build => {
  const folder = temporaryFolder();
  const write = (path: string, name: string, text: string): void => {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, name), text);
  };
  for (const name of functionNames) write(`functions/${name}`, 'index.mjs', 'export const handler = () => {};');
  write('functions/members-key', 'index.mjs', answersWithAKey);
  write('site', 'index.html', '<!doctype html><html lang="en">');
  write('site', '404.html', '<!doctype html>');
  write('site/images', 'a.svg', '<svg/>');
  write('members-files/members', 'a.svg', '<svg/>');
  return builtIn(folder);
};

/** The real app around an empty build, by default without the findings, which have a test of their own. */
export const appWith = (props: MakeAppProps = {}): App =>
  makeApp(emptyBuild(), { outdir: join(temporaryFolder(), 'out'), check: false, ...props });

/** The only stack of the app. */
export const stackOf = (app: App): Stack => {
  const stack = app.node.children.find((child) => Stack.isStack(child));
  if (!Stack.isStack(stack)) throw new Error('The app has no stack.');
  return stack;
};

export const templateWith = (props: MakeAppProps = {}): Template => Template.fromStack(stackOf(appWith(props)));
