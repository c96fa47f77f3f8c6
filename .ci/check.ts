import { spawn } from 'node:child_process';

/** Types, lint, format, unused code and arrows at once: together they take as long as the longest. Each tells its own fault. */
const SCRIPTS = ['format:check', 'typecheck', 'lint', 'unused', 'arrows'];

function run(script: string): Promise<boolean> {
  const child = spawn('npm', ['run', '-s', script], { shell: process.platform === 'win32' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      if (status !== 0) process.stderr.write(`\nnpm run ${script}\n${output}`);
      resolve(status === 0);
    });
  });
}

const well = await Promise.all(SCRIPTS.map(run));
process.exitCode = well.every(Boolean) ? 0 : 1;
