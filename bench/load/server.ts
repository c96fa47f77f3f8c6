import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Build } from '../../lib/bundle/bundle.ts';

export interface LoadServer {
  /** Of the API. */
  readonly url: string;
  stop(): void;
}

/** Starts bench/load-server.ts. Rejects when it ends before it is there. */
export async function startServer(build: Build, folder: string): Promise<LoadServer> {
  await mkdir(folder, { recursive: true });
  const entry = fileURLToPath(new URL('../load-server.ts', import.meta.url));
  const child = fork(entry, [JSON.stringify(build), folder], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const died = once(child, 'exit').then(([code]) => Promise.reject(new Error(`bench/load-server.ts ended: ${code}.`)));
  died.catch(() => {});
  const [url]: unknown[] = await Promise.race([once(child, 'message'), died]);
  return { url: String(url), stop: () => child.disconnect() };
}

/** The same functions, but that nothing happens at the webhook. @returns in a folder of its own beside them */
export async function withEmptyWebhook(build: Build): Promise<Build> {
  const functions = join(dirname(build.functions), 'functions-empty');
  await cp(build.functions, functions, { recursive: true });
  const empty = `export const handler = async () => ({ statusCode: 200, body: '{}' });\n`;
  await writeFile(join(functions, 'webhook', 'index.mjs'), empty);
  return { ...build, functions };
}
