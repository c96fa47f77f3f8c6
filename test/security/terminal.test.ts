import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processTerminal } from '../../bin/command-line/terminal.ts';
import { accessLine } from '../../bin/local/access-line.ts';

afterEach(() => void jest.restoreAllMocks());

/** Clears the screen, begins a line anew, names a window, clears in one character, and writes from right to left. */
const HOSTILE = 'Ada\u001b[2J\rnobody\u001b]0;title\u0007 \u009b2J \u202etxt.exe';
const SHOWN = 'Ada\\u001b[2J\\u000dnobody\\u001b]0;title\\u0007 \\u009b2J \\u202etxt.exe';

/** All that reaches the terminal. */
function written(speak: (terminal: ReturnType<typeof processTerminal>) => void): string {
  let text = '';
  const collect = (chunk: unknown): boolean => {
    text += String(chunk);
    return true;
  };
  for (const stream of [process.stdout, process.stderr]) jest.spyOn(stream, 'write').mockImplementation(collect);
  speak(processTerminal());
  return text;
}

describe('the operator’s terminal', () => {
  it('shows what a customer’s name would have it do, and does not do it', () => {
    const text = written((terminal) => {
      terminal.out(`imported  ${HOSTILE}`);
      terminal.note(`failed  ${HOSTILE}`);
    });
    expect(text).toBe(`imported  ${SHOWN}\nfailed  ${SHOWN}\n`);
  });

  it('keeps lines, tabs and every language as they are', () => {
    const text = 'Zoë\t李\n  إيمان 👩‍👩‍👧';
    expect(written((terminal) => terminal.out(text))).toBe(`${text}\n`);
  });

  it('gives a program the same JSON', () => {
    const value = { name: HOSTILE };
    expect(JSON.parse(written((terminal) => terminal.out(JSON.stringify(value))))).toEqual(value);
  });

  it('is the only way to it that the commands have', () => {
    const bin = join(import.meta.dirname, '../../bin');
    const files = readdirSync(bin, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    const ways = files.filter((path) => /process\.std|console\./.test(readFileSync(join(bin, path), 'utf8')));
    expect(ways.filter((path) => !/^(local|cloud)\b/.test(path))).toEqual([join('command-line', 'terminal.ts')]);
  });
});

describe('the lines of npm start', () => {
  it('show a change of access as text, whatever is in the event', () => {
    const detail = { userId: 'ada', plan: HOSTILE, reason: 'active', until: null };
    const event = { 'detail-type': 'access.granted', detail };
    expect(accessLine(event as never)).toBe(`access.granted  ${SHOWN}  active  ada\n`);
  });
});
