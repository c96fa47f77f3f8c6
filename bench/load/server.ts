import { cp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Build } from '../../lib/bundle/bundle.ts';
import { startChild } from '../world/child.ts';

export interface LoadServer {
  /** Of the API. */
  readonly url: string;
  stop(): void;
}

/** Starts bench/load-server.ts. */
export async function startServer(build: Build, folder: string): Promise<LoadServer> {
  const { first, stop } = await startChild<string>('load-server.ts', [JSON.stringify(build), folder]);
  return { url: first, stop };
}

/** The same functions, but that nothing happens at the webhook. @returns in a folder of its own beside them */
export async function withEmptyWebhook(build: Build): Promise<Build> {
  const functions = join(dirname(build.functions), 'functions-empty');
  await cp(build.functions, functions, { recursive: true });
  const empty = `export const handler = async () => ({ statusCode: 200, body: '{}' });\n`;
  await writeFile(join(functions, 'webhook', 'index.mjs'), empty);
  return { ...build, functions };
}
