import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of ours that says something when it is there, and ends when we disconnect or end. */
export interface Child<First> {
  /** What it said first. */
  readonly first: First;
  /** What it says to a question. */
  readonly ask: <Answer>(question: string) => Promise<Answer>;
  readonly stop: () => void;
}

/**
 * Starts a file of this folder in a process of its own, whose output goes nowhere. Rejects when it ends before it has said anything,
 * with what it last wrote to stderr.
 */
export async function startChild<First>(file: string, words: readonly string[] = []): Promise<Child<First>> {
  const child = fork(fileURLToPath(new URL(`../${file}`, import.meta.url)), words, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  // The functions write their warnings there as well, thousands of them: of interest is only what a process ended with.
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
  const ended = once(child, 'close').then(([code]) =>
    Promise.reject(new Error(`${file} ended with ${code}.\n${said}`)),
  );
  // Somebody waits for it only while a question is open.
  ended.catch(() => {});
  const answer = async <T>(): Promise<T> => {
    const [message]: T[] = await Promise.race([once(child, 'message'), ended]);
    if (message === undefined) throw new Error(`${file} said nothing.`);
    return message;
  };
  return {
    first: await answer<First>(),
    ask: <Answer>(question: string) => {
      const answered = answer<Answer>();
      child.send(question);
      return answered;
    },
    stop: () => child.disconnect(),
  };
}
