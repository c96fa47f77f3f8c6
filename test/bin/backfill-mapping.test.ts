import { describe, expect, it } from '@jest/globals';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMapping } from '../../bin/backfill/mapping.ts';

async function mappingIn(text: string) {
  const file = join(await mkdtemp(join(tmpdir(), 'mapping-')), 'customers');
  await writeFile(file, text);
  return readMapping(file);
}

describe('a file that says whose the customers are', () => {
  it.each([
    ['CSV', 'customerId,userId\ncus_1,ada\ncus_2,bob\n'],
    ['CSV of a spreadsheet', '\uFEFF"customerId","userId"\r\n"cus_1","ada"\r\n\r\ncus_2,bob'],
    ['JSON', '{"cus_1": "ada", "cus_2": "bob"}'],
  ])('is %s', async (_, text) => {
    expect([...(await mappingIn(text))]).toEqual([
      ['cus_1', 'ada'],
      ['cus_2', 'bob'],
    ]);
  });

  it('may name users with commas and quotes', async () => {
    const mapping = await mappingIn('customerId,userId\ncus_1,idp|a,b\ncus_2,"say ""ada"""\n');
    expect([...mapping.values()]).toEqual(['idp|a,b', 'say "ada"']);
  });

  it.each([
    ['cus_1,ada', 'should begin with the line'],
    ['customerId,userId\ncus_1,ada\nada,cus_1', 'line 3: "ada" is no Stripe customer'],
    ['customerId,userId\ncus_1', 'line 2'],
    ['customerId,userId\ncus_1,', 'line 2: the user is missing'],
    ['customerId,userId\ncus_1,ada\ncus_1,bob', 'mapped to bob, and to ada before'],
    ['{"cus_1": 1}', 'should be a text'],
    ['{"cus_1": ', 'no JSON'],
  ])('is refused where it is wrong: %j', async (text, why) => {
    await expect(mappingIn(text)).rejects.toThrow(why);
  });

  it('that is not there is said to be so', async () => {
    await expect(readMapping('/nowhere.csv')).rejects.toThrow('/nowhere.csv could not be read');
  });
});
