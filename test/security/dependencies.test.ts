import { describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { verdictOf } from '../../.ci/verdict.ts';
import { SHIPPED, shippedIn } from '../../lib/bundle/packages.ts';
import { sharedBuild } from '../support/shared-build.ts';

// A whole build, when no other test file has made it yet.
jest.setTimeout(120_000);

describe('what ships', () => {
  it('is our code and that of the packages that lib/bundle/packages.ts names, all of them', async () => {
    const { functions } = await sharedBuild();
    const shipped: unknown = JSON.parse(readFileSync(join(dirname(functions), 'packages.json'), 'utf8'));
    expect(shipped).toEqual(SHIPPED.toSorted());
  });

  it('does not get another package unnoticed, also not one that a known one brought along', () => {
    const path = 'node_modules/stripe/node_modules/left-pad/index.js';
    const output = { bytes: 1, imports: [], exports: [], inputs: { [path]: { bytesInOutput: 1 } } };
    const metafile = { inputs: {}, outputs: { 'index.mjs': output } };
    expect(() => shippedIn('functions/config.ts', metafile)).toThrow(/functions\/config.ts would ship left-pad/);
  });
});

describe('what is installed', () => {
  const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, '../..', name), 'utf8'));

  it('has its hash in the lock file, but for binaries of tools for other machines than the one that it was made on', () => {
    const locked = Object.entries<Record<string, unknown>>(read('package-lock.json').packages).slice(1);
    const without = locked.filter(([, { integrity, inBundle }]) => integrity === undefined && inBundle !== true);
    for (const [name, { dev, optional, cpu }] of without)
      expect([name, dev, optional, cpu]).toEqual([name, true, true, expect.any(Array)]);
    expect(locked.length - without.length).toBeGreaterThan(500);
  });

  it('is of one version, which the project names', () => {
    const { dependencies, devDependencies } = read('package.json');
    const versions = Object.values({ ...dependencies, ...devDependencies }).map(String);
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('runs nothing while it is being installed', () => {
    expect(readFileSync(join(import.meta.dirname, '../../.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
  });
});

describe('the audit of CI', () => {
  const isDev = (node: string) => node.endsWith('jest');
  const found = (name: string, severity: string) => ({ name, severity, nodes: [`node_modules/${name}`] });
  const verdict = (finding: ReturnType<typeof found>) =>
    verdictOf(JSON.stringify({ auditReportVersion: 2, vulnerabilities: { [finding.name]: finding } }), isDev);

  it('fails for a known fault in what ships or deploys, from high on', () => {
    expect(verdict(found('stripe', 'high'))).toMatchObject({ findings: ['stripe (high), in node_modules/stripe'] });
    expect(verdict(found('aws-cdk-lib', 'critical'))).toMatchObject({ kind: 'vulnerable' });
    expect(verdict(found('stripe', 'moderate'))).toEqual({ kind: 'clean', notes: [] });
  });

  it('names one in a tool for development, and does not fail', () => {
    const notes = ['jest (critical), in node_modules/jest'];
    expect(verdict(found('jest', 'critical'))).toEqual({ kind: 'clean', notes });
  });

  it.each([
    ['', 'nothing that can be read'],
    ['<html>', 'nothing that can be read'],
    ['{"message":"405 Method Not Allowed","error":{"summary":"","detail":""}}', '405 Method Not Allowed'],
    ['{"error":{"code":"ENOAUDIT","summary":"offline"}}', 'offline'],
  ])('tells a registry that does not answer from one that knows of no fault: %s', (output, why) => {
    expect(verdictOf(output, isDev)).toEqual({ kind: 'no answer', why });
  });
});
