import { expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { coveredInMarkdown } from './covered.ts';
import { stripeTruth } from './validator.ts';

const DOC = join(import.meta.dirname, '../../../../docs/simulator.md');
const WRITTEN =
  /(?<=<!-- written by test\/local\/stripe\/truth: UPDATE_DOCS=1 npm run test:only -- documented -->\n\n)[^]*?(?=\n\n<!-- end -->)/;

/** Without what Prettier adds to a table. */
const plain = (markdown: string): string => markdown.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');

it('docs/simulator.md says what the simulator covers', async () => {
  const covered = coveredInMarkdown(await stripeTruth());
  const doc = readFileSync(DOC, 'utf8');
  if (process.env['UPDATE_DOCS'] === '1')
    writeFileSync(
      DOC,
      doc.replace(WRITTEN, () => covered),
    );
  const written = WRITTEN.exec(readFileSync(DOC, 'utf8'))?.[0] ?? '';
  expect(plain(written)).toBe(plain(covered));
}, 60_000);
