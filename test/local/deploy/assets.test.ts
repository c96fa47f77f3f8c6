import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzip } from '../../../local/deploy/assets/zip.ts';
import { startEmptyCloud, textOf, type Caller } from './cloud.ts';
import { zipOf } from './zip-of.ts';

describe('the assets that are published', () => {
  let caller: Caller;
  beforeEach(async () => {
    caller = await startEmptyCloud();
  });
  afterEach(() => caller.cloud.stop());
  const s3 = (method: string, path: string, body?: string) =>
    caller.call('s3', { method, path: `/assets/${path}`, ...(body !== undefined && { body }) });
  const count = async (prefix: string) =>
    textOf((await s3('GET', `?list-type=2&max-keys=1&prefix=${prefix}`)).body, 'KeyCount');

  it('are there once they have been put', async () => {
    expect(await count('a.json')).toBe('0');
    expect((await s3('PUT', 'a.json?x-id=PutObject', '{}')).status).toBe(200);
    expect(await count('a.json')).toBe('1');
    expect((await s3('GET', 'a.json')).body).toBe('{}');
    expect(await s3('GET', 'b.json')).toMatchObject({ status: 404, body: expect.stringContaining('NoSuchKey') });
  });

  it('are put together from parts, in the order of their numbers', async () => {
    const id = textOf((await s3('POST', 'a.zip?uploads')).body, 'UploadId');
    await s3('PUT', `a.zip?partNumber=2&uploadId=${id}`, 'world');
    await s3('PUT', `a.zip?partNumber=1&uploadId=${id}`, 'hello ');
    expect(await count('a.zip')).toBe('0');
    await s3('POST', `a.zip?uploadId=${id}`, '<CompleteMultipartUpload/>');
    expect((await s3('GET', 'a.zip')).body).toBe('hello world');
    expect((await s3('POST', `a.zip?uploadId=${id}`)).body).toContain('NoSuchUpload');
  });

  it('may hold the template, and a template that is missing is said to be', async () => {
    const template = { Resources: { Keys: { Type: 'AWS::SecretsManager::Secret' } } };
    await s3('PUT', 'template.json', JSON.stringify(template));
    const set = { StackName: 'Shop', ChangeSetName: 'change' };
    const url = (key: string) => ({ TemplateURL: `https://s3.us-east-1.amazonaws.com/assets/${key}` });
    const missing = await caller.query('cloudformation', 'CreateChangeSet', { ...set, ...url('none.json') });
    expect(missing).toMatchObject({ status: 400, body: expect.stringContaining('there is no object at https://s3') });
    await caller.query('cloudformation', 'CreateChangeSet', { ...set, ...url('template.json') });
    await caller.query('cloudformation', 'ExecuteChangeSet', set);
    expect(await caller.settled('Shop')).toBe('CREATE_COMPLETE');
  });
});

describe('a zipped asset', () => {
  const around = mkdtempSync(join(tmpdir(), 'unzip-'));
  const folder = join(around, 'asset');
  afterEach(() => rmSync(around, { recursive: true, force: true }));

  it('is its files again, deflated or stored, and whatever its comment says', () => {
    const text = 'export const handler = () => {};\n'.repeat(50);
    unzip(
      zipOf({ 'index.mjs': { text, deflated: true }, 'deep/er/é.txt': { text: 'é', deflated: false } }, 'PK'),
      folder,
    );
    expect(readFileSync(join(folder, 'index.mjs'), 'utf8')).toBe(text);
    expect(readFileSync(join(folder, 'deep/er/é.txt'), 'utf8')).toBe('é');
  });

  it('writes nothing outside its folder, and what is no zip is said to be none', () => {
    const sly = zipOf({ '../sly.txt': { text: 'x', deflated: false } });
    expect(() => unzip(sly, folder)).toThrow('a file outside itself: ../sly.txt');
    expect(existsSync(join(folder, '../sly.txt'))).toBe(false);
    expect(() => unzip(Buffer.from('not a zip, but longer than the end of one'), folder)).toThrow('no zip archive');
  });
});
