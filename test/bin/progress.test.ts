import { expect, it } from '@jest/globals';
import { progressOn } from '../../bin/command-line/progress.ts';

function show(rewrites: boolean) {
  const lines: string[] = [];
  const out = (line: string) => void lines.push(`out ${line}`);
  const note = (line: string) => void lines.push(line);
  const rewrite = rewrites ? (text: string) => void lines.push(`over ${text}`) : null;
  let ms = 0;
  const progress = progressOn({ out, note, rewrite }, 'Compared', () => ms);
  const at = (seconds: number, done: number, total?: number) => {
    ms = seconds * 1000;
    progress.at(done, total);
  };
  return { lines, progress, at };
}

it('progress says what is done, how fast, and how long the rest takes when the total is known', () => {
  const { lines, progress, at } = show(true);
  at(0, 1, 1000);
  at(2, 20, 1000);
  at(4, 40);
  progress.end();
  expect(lines).toEqual([
    'over Compared: 20 of 1000, 10/s, 2 min left',
    'over Compared: 40, 10/s',
    'over Compared: 40, 10/s\n',
  ]);
});

it('progress is a plain line now and then where lines cannot be written over', () => {
  const { lines, progress, at } = show(false);
  for (let second = 0; second < 12; second += 1) at(second, second + 1);
  progress.end();
  expect(lines).toEqual(['Compared: 6, 1.2/s', 'Compared: 11, 1.1/s', 'Compared: 12, 1.1/s']);
});

it('progress of a run that goes on is measured from where it began', () => {
  const { lines, at } = show(true);
  at(0, 5001, 5200);
  at(10, 5100, 5200);
  expect(lines).toEqual(['over Compared: 5100 of 5200, 10/s, 10 s left']);
});

it('a line of the result takes the place of the line that counts', () => {
  const { lines, progress, at } = show(true);
  at(1, 1);
  progress.over('repaired');
  expect(lines).toEqual(['over Compared: 1', 'over ', 'out repaired']);
});
