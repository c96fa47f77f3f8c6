import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { routes } from '../../../../local/stripe/resources/all.ts';
import type { Route } from '../../../../local/stripe/wire/router.ts';
import { OUTSIDE_THE_SDK } from './outside.ts';
import { type Known, knownOf, nameOf } from './surface.ts';
import type { Validator } from './validator.ts';

const SIMULATOR = join(import.meta.dirname, '../../../../local/stripe');

/** The types of event that the simulator's code names where it changes things. */
export function eventsInSource({ truth }: Validator): string[] {
  const rooms = ['life', 'resources', 'pages'].map((room) => join(SIMULATOR, room));
  const sources = (room: string): string[] => readdirSync(room).filter((name) => name.endsWith('.ts'));
  const files = rooms.flatMap((room) => sources(room).map((file) => join(room, file)));
  const words = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/'([a-z_]+(?:\.[a-z_]+)+)'/g)]);
  const types = new Set(words.map(([, word = '']) => word));
  return [...types].filter((word) => Object.hasOwn(truth.events, word)).toSorted();
}

/** `stripe.billingPortal.configurations` of `/v1/billing_portal/configurations/:id`. */
function resourceOf(path: string): string {
  const [literal = ''] = path.split('/:id');
  const words = literal.split('/').slice(2);
  return words.map((word) => word.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())).join('.');
}

const isTaken = ({ refused, hash }: Known): boolean => !refused && !hash;

function rowOf(resource: string, own: readonly Route[], { truth }: Validator): string {
  const calls = own.map(({ method, path }) => truth.operations[`${method} ${path}`]?.name.split('.')[1] ?? '?');
  const known = own.flatMap(({ shape }) => knownOf(shape));
  const taken = known.filter(isTaken).length;
  const refused = new Set(known.filter((one) => one.refused).map(({ steps }) => `\`${nameOf(steps)}\``));
  return `| \`${resource}\` | ${calls.join(', ')} | ${taken} | ${[...refused].join(' ')} |`;
}

/** The part of docs/simulator.md that is written from the code: what is covered, in Markdown. */
export function coveredInMarkdown(stripe: Validator): string {
  const inTheSdk = routes.filter(({ method, path }) => !OUTSIDE_THE_SDK.has(`${method} ${path}`));
  const resources = new Map<string, Route[]>();
  for (const one of inTheSdk)
    resources.set(resourceOf(one.path), [...(resources.get(resourceOf(one.path)) ?? []), one]);
  const events = eventsInSource(stripe);
  const params = inTheSdk.flatMap(({ shape }) => knownOf(shape)).filter(isTaken);
  return [
    `${inTheSdk.length} calls of ${resources.size} resources, with ${params.length} parameters; ${events.length} types of event.`,
    '',
    '| resource | calls, as the SDK names them | parameters | refused by name, though Stripe takes them |',
    '| --- | --- | --- | --- |',
    ...[...resources].map(([resource, own]) => rowOf(resource, own, stripe)),
    '',
    `Events: ${events.map((type) => `\`${type}\``).join(', ')}.`,
  ].join('\n');
}
