import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { verdictOf } from './verdict.ts';

/** Asks the registry about every package of the lock file. Exit status 1 for a known fault in what ships or deploys, else 0. */
const PATIENCE_MS = 120_000;

const lock: { packages: Record<string, { dev?: boolean }> } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const isDev = (node: string): boolean => lock.packages[node]?.dev === true;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const sayEach = (lines: readonly string[]): void => lines.forEach((line) => say(`  ${line}`));

// npm ends with 1 for a finding and for a registry that does not answer: what it writes tells which.
execFile('npm', ['audit', '--json', '--fetch-retries=1'], { timeout: PATIENCE_MS, maxBuffer: 2 ** 26 }, (_, output) => {
  const verdict = verdictOf(output, isDev);
  if (verdict.kind === 'no answer') {
    say(`\nNOT AUDITED: the registry did not answer the question for known faults (${verdict.why}).`);
    say('Whether a package has one is not known. Ask again where it answers: node --import tsx .ci/audit.ts\n');
    return;
  }
  if (verdict.notes.length > 0) say('Known faults in tools for development, which neither ship nor deploy:');
  sayEach(verdict.notes);
  if (verdict.kind === 'clean')
    return say('Audited: no known fault of high or critical severity in what ships or deploys.');
  say('Known faults of high or critical severity in what ships or deploys:');
  sayEach(verdict.findings);
  process.exitCode = 1;
});
