import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { Broken } from '../histories/broken.ts';

/** Lived in each run of the tests; `npm run histories` lives as many as one likes. */
const COUNT = 200;
/** A broken rule is found out within so many, from a seed shortly before one that is known to tell. */
const SEARCH = 400;
const LIMIT_MS = 240_000;

/** In a process of its own: it takes over the clock, chance and the network of the process it is in. */
function histories(...words: string[]): Promise<{ code: number | null; lines: string[] }> {
  const child = spawn('node', ['--import', 'tsx', 'test/histories/main.ts', ...words]);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, lines: text.trimEnd().split('\n') }));
  });
}

describe('with the real functions, DynamoDB and Stripe’s answers, any of which may fail, and functions that are killed', () => {
  it(
    'every record and every access decision ends equal to Stripe',
    async () => {
      const { code, lines } = await histories('--count', String(COUNT));
      expect(lines.slice(1)).toEqual([`${COUNT} histories, 0 different`]);
      expect(code).toBe(0);
    },
    LIMIT_MS,
  );
});

describe('the histories notice', () => {
  const broken = (rule: Broken, from: number) =>
    histories(
      '--count',
      String(SEARCH),
      '--from',
      String(from),
      '--until-different',
      '--shrink',
      '0',
      '--processes',
      '1',
      '--broken',
      rule,
    );

  it.each<[Broken, number]>([
    ['same second counts as newer', 81],
    ['no version guard', 161],
  ])(
    'when a rule is broken: %s',
    async (rule, from) => {
      const { code, lines } = await broken(rule, from);
      expect(lines.join('\n')).toContain('Different: --seed');
      expect(code).toBe(1);
    },
    LIMIT_MS,
  );
});
