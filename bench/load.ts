import { dirname, join } from 'node:path';
import type { Build } from '../lib/bundle/bundle.ts';
import type { Figure, Group } from './figure.ts';
import { load as loaded, type Clock, type Load } from './load/generator.ts';
import { startServer, withEmptyWebhook } from './load/server.ts';

const ABOUT = `Webhooks through the whole local path: the API over HTTP, a function's worker, IAM, the table and its stream. Each connection sends the next as soon as the last was answered; the floor is the same stack with an empty function in the webhook's place. All of it, and whoever sends, shares this machine; at most four workers run a function. The API's own limit of a hundred a second is lifted.`;

const CONNECTIONS = [1, 4, 16, 64];
const WARM_UP_MS = 3_000;
const WINDOW_MS = 3_000;

export async function load(build: Build): Promise<Group> {
  const folder = dirname(build.functions);
  const ours = await startServer(build, join(folder, 'ours'));
  const floor = await startServer(await withEmptyWebhook(build), join(folder, 'floor'));
  const clock: Clock = { created: 1_800_000_000 };
  for (const { url } of [ours, floor]) await loaded(url, 16, WARM_UP_MS, clock);
  const figures: Figure[] = [];
  for (const connections of CONNECTIONS) {
    const [seen, least] = [
      await loaded(ours.url, connections, WINDOW_MS, clock),
      await loaded(floor.url, connections, WINDOW_MS, clock),
    ];
    figures.push(...figuresOf(connections, seen, least));
  }
  ours.stop();
  floor.stop();
  return { name: 'load', about: ABOUT, figures };
}

function figuresOf(connections: number, seen: Load, least: Load): Figure[] {
  const at = `${connections} ${connections === 1 ? 'connection' : 'connections'}`;
  return [
    { name: `${at}: webhooks`, value: seen.perSecond, floor: least.perSecond, unit: 'a second' },
    { name: `${at}: p50`, value: seen.p50, floor: least.p50, unit: 'ms' },
    { name: `${at}: p99`, value: seen.p99, floor: least.p99, unit: 'ms' },
  ];
}
