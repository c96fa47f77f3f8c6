import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** `  - [test/file.test.ts](../test/file.test.ts): the name of a test, as it stands there` */
const SHOWN = /^ +- \[(test\/[\w./-]+\.test\.ts)\]\(\.\.\/\1\): (.+)$/;

const lines = read('docs/security.md').split('\n');
const shown = lines.flatMap((line) => {
  const [, path = '', name = ''] = SHOWN.exec(line) ?? [];
  return path === '' ? [] : [{ path, name }];
});

/** The name as a test is called in the source: of a test, of one of many, or of a group. */
const isIn = (source: string, name: string): boolean =>
  ["'", '`', '"'].some((quote) => source.includes(`${quote}${name}${quote}`));

describe('docs/security.md', () => {
  it.each(shown)('names a test that there is: $path, $name', ({ path, name }) => {
    expect(isIn(read(path), name)).toBe(true);
  });

  it('shows each defence by a test, or says why it is only said', () => {
    const attempts = lines.flatMap((line, index) => (line.startsWith('- **') ? [index] : []));
    const unproved = attempts.filter((from) => {
      const rest = lines.slice(from + 1);
      const next = rest.findIndex((line) => line.startsWith('- ') || line.startsWith('#'));
      const own = next < 0 ? rest : rest.slice(0, next);
      return !own.some((line) => SHOWN.test(line)) && !/_(Accepted|Not tested)/.test([lines[from], ...own].join(' '));
    });
    expect(unproved.map((index) => lines[index])).toEqual([]);
    expect(attempts.length).toBeGreaterThan(30);
  });

  it('has no line that only looks like a test', () => {
    const looks = lines.filter((line) => /^ +- .*test\//.test(line));
    expect(looks.filter((line) => !SHOWN.test(line))).toEqual([]);
  });
});
