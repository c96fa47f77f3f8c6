import { AwsFault, type AwsRequest, type AwsService } from './request.ts';
import { jsonFault } from './json.ts';
import type { Stack } from './cloudformation/stack.ts';
import type { ServiceUrls } from '../services.ts';

/** Where the stacks' own services are, by the name that a request is signed for. */
const services: Readonly<Partial<Record<string, keyof ServiceUrls>>> = {
  dynamodb: 'dynamodb',
  events: 'eventbridge',
  secretsmanager: 'secrets',
};

/** Hands a call to the stack whose resource it names: each stack has services of its own. Undefined for other services. */
export function forwarding(service: string, stacks: ReadonlyMap<string, Stack>): AwsService | undefined {
  const at = services[service];
  if (at === undefined) return undefined;
  return async (request) => {
    const url = ownerOf(request, [...stacks.values()])?.running?.[at];
    if (url === undefined) return jsonFault(new AwsFault('ResourceNotFoundException', 'Requested resource not found'));
    const { method, body } = request;
    const answer = await fetch(url, { method, headers: handedOn(request), body: new Uint8Array(body) });
    return {
      status: answer.status,
      headers: { 'content-type': answer.headers.get('content-type') ?? 'application/x-amz-json-1.0' },
      body: Buffer.from(await answer.arrayBuffer()),
    };
  };
}

/** The names stand in quotes in the services' JSON. A call that names none is for the only stack. */
function ownerOf({ body }: AwsRequest, stacks: readonly Stack[]): Stack | undefined {
  const text = body.toString('utf8');
  const running = stacks.filter((stack) => stack.running !== undefined);
  const named = running.find(({ resources }) =>
    [...resources.values()].some(({ physicalId }) => physicalId !== '' && text.includes(`"${physicalId}"`)),
  );
  return named ?? (running.length === 1 ? running[0] : undefined);
}

/** What belongs to the connection, and is not handed on. */
const hopByHop = new Set([
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'expect',
  'accept-encoding',
]);

function handedOn({ headers }: AwsRequest): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)));
}
