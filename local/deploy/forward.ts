import type { ServiceUrls } from '../services.ts';
import type { LeftTables } from './cloudformation/life.ts';
import type { Stack } from './cloudformation/stack.ts';
import { jsonFault } from './json.ts';
import { AwsFault, type AwsAnswer, type AwsRequest, type AwsService } from './request.ts';

/** Where the stacks' own services are, by the name that a request is signed for. */
const services: Readonly<Partial<Record<string, keyof ServiceUrls>>> = {
  dynamodb: 'dynamodb',
  events: 'eventbridge',
  lambda: 'lambda',
  secretsmanager: 'secrets',
};

/** Hands a call to the stack whose resource it names: each stack has services of its own. Undefined for other services. */
export function forwarding(
  service: string,
  stacks: ReadonlyMap<string, Stack>,
  left: readonly LeftTables[],
): AwsService | undefined {
  const at = services[service];
  if (at === undefined) return undefined;
  return (request) => {
    const running = [...stacks.values()].filter((stack) => stack.running !== undefined);
    const gone = left.find(({ names }) => names.some((name) => isNamed(name, request)));
    const url = gone?.url ?? ownerOf(request, running)?.running?.[at];
    return url === undefined ? jsonFault(notFound()) : handOn(request, url);
  };
}

const notFound = (): AwsFault => new AwsFault('ResourceNotFoundException', 'Requested resource not found');

/** A call that names nothing is for the only stack. */
function ownerOf(request: AwsRequest, stacks: readonly Stack[]): Stack | undefined {
  const named = stacks.find(({ resources }) => [...resources.values()].some((one) => isNamed(one.physicalId, request)));
  return named ?? (stacks.length === 1 ? stacks[0] : undefined);
}

/** In the services' JSON names stand in quotes, in their paths between slashes. */
function isNamed(physicalId: string, { body, url }: AwsRequest): boolean {
  if (physicalId === '') return false;
  return body.includes(`"${physicalId}"`) || decodeURIComponent(url.pathname).split('/').includes(physicalId);
}

/** What belongs to the connection, and is not handed on. */
const hopByHop = new Set([
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'content-encoding',
  'date',
  'transfer-encoding',
  'expect',
  'accept-encoding',
]);

async function handOn({ method, url, headers, body }: AwsRequest, to: string): Promise<AwsAnswer> {
  const answer = await fetch(`${to}${url.pathname}${url.search}`, {
    method,
    headers: withoutConnection(Object.entries(headers)),
    ...(method !== 'GET' && { body: new Uint8Array(body) }),
  });
  return {
    status: answer.status,
    headers: withoutConnection([...answer.headers]),
    body: Buffer.from(await answer.arrayBuffer()),
  };
}

function withoutConnection(headers: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(headers.filter(([name]) => !hopByHop.has(name)));
}
