import { spawn } from 'node:child_process';

/**
 * Types, lint, format, unused code and arrows at once: together they take as long as the longest, and each tells its own fault.
 * `--beside test:only` runs that script meanwhile, whose output is shown as it comes.
 */
const CHECKS = ['format:check', 'typecheck', 'lint', 'unused', 'arrows'];

const npm = (script: string, stdio: 'inherit' | 'pipe') =>
  spawn('npm', ['run', '-s', script], { stdio: ['ignore', stdio, stdio], shell: process.platform === 'win32' });

/** Resolves to what failed. */
function run(script: string, stdio: 'inherit' | 'pipe'): Promise<string[]> {
  const child = npm(script, stdio);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += String(text)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) return resolve([]);
      process.stderr.write(output);
      resolve([script]);
    });
  });
}

const beside = process.argv[2] === '--beside' ? process.argv.slice(3) : [];
const all = [...CHECKS.map((script) => run(script, 'pipe')), ...beside.map((script) => run(script, 'inherit'))];
const failed = (await Promise.all(all)).flat();
if (failed.length > 0) process.stderr.write(`\nFailed: ${failed.map((script) => `npm run ${script}`).join(', ')}\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
