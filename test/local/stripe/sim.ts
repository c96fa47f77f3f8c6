import type { World } from './world.ts';

export interface SimAnswer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- JSON, looked at by matchers only
  readonly body: any;
}

/** Calls the simulator's own API, `/_sim/...`, as a program does. */
export async function sim({ url }: Pick<World, 'url'>, call: string, body?: unknown): Promise<SimAnswer> {
  const [method = 'GET', path = ''] = call.split(' ');
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/_sim${path}`, { method, headers, ...sent });
  return { status: response.status, body: await response.json() };
}

export const advance = async (world: Pick<World, 'url'>, seconds: number): Promise<SimAnswer> =>
  sim(world, 'POST /clock', { advance: seconds });
