import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Build } from '../lib/bundle/bundle.ts';
import type { Group, GroupName } from './figure.ts';

/** Measures one group in a process of its own. Rejects when that ends without figures. */
export async function runGroup(name: GroupName, build: Build): Promise<Group> {
  const child = fork(fileURLToPath(new URL('./measure.ts', import.meta.url)), [name, JSON.stringify(build)], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  // The functions write their warnings there as well, thousands of them: of interest is only what a process ended with.
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
  const ended = once(child, 'close').then(([code]) =>
    Promise.reject(new Error(`The figures of "${name}" could not be taken: its process ended with ${code}.\n${said}`)),
  );
  ended.catch(() => {});
  const [group]: Group[] = await Promise.race([once(child, 'message'), ended]);
  if (group === undefined) throw new Error(`There are no figures of "${name}".`);
  return group;
}
