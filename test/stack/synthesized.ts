import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { type App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { makeApp, type MakeAppProps } from '../../lib/app.ts';
import type { Build } from '../../lib/bundle/bundle.ts';
import { functionNames } from '../../lib/routes.ts';

/** A folder that is gone when the test file ends. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'stack-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** A build with nothing in it: what the template says does not depend on what the bundles do. */
const emptyBuild = (): Build => {
  const folder = temporaryFolder();
  const write = (path: string, name: string, text: string): void => {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, name), text);
  };
  for (const name of functionNames) write(`functions/${name}`, 'index.mjs', 'export const handler = () => {};');
  write('site', 'index.html', '<!doctype html><html lang="en">');
  write('site', '404.html', '<!doctype html>');
  write('site/images', 'a.svg', '<svg/>');
  return { functions: join(folder, 'functions'), page: join(folder, 'site') };
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
