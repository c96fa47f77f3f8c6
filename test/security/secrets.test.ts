import { describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../../lib/bundle/files.ts';
import { templateWith } from '../stack/synthesized.ts';
import { sharedBuild } from '../support/shared-build.ts';

// A whole build, when no other test file has made it yet.
jest.setTimeout(120_000);

/** Stripe's and AWS's, by how they begin. */
const KEY = /\b(?:(?:sk|rk|pk)_(?:test|live)_\w{8,}|whsec_\w{8,}|(?:AKIA|ASIA)[0-9A-Z]{16})\b/;

const template = templateWith();

describe('a key', () => {
  it('is known when it is there', () => {
    for (const key of ['sk_live_51Habcdefgh', 'rk_test_51Habcdefgh', 'whsec_abcdefghijkl', 'AKIAIOSFODNN7EXAMPLE'])
      expect(`{"key":"${key}"}`).toMatch(KEY);
  });

  it('is nowhere in the template, and none is read into it', () => {
    const text = JSON.stringify(template.toJSON());
    expect(text).not.toMatch(KEY);
    expect(text).not.toContain('{{resolve:');
  });

  it('is put into the secret after the deployment: the template makes it without a value', () => {
    for (const { Properties } of Object.values(template.findResources('AWS::SecretsManager::Secret')))
      expect(Object.keys(Properties)).toEqual(['Description']);
  });

  it('is in no file that ships', async () => {
    const { functions, page } = await sharedBuild();
    const files = [functions, page].flatMap((folder) => listFiles(folder).map((path) => join(folder, path)));
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((path) => KEY.test(readFileSync(path, 'latin1')))).toEqual([]);
  });
});
