import { AwsFault, unknownCall, type AwsAnswer, type AwsService } from './request.ts';
import { element, type XmlElements } from './xml.ts';

/** One action of a service in AWS's query protocol: a form comes in, elements go out. */
export type Action = (form: URLSearchParams, region: string) => XmlElements | Promise<XmlElements>;

/** A service in AWS's query protocol. @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export function queryService(actions: Readonly<Partial<Record<string, Action>>>): AwsService {
  return async ({ body, service, region }) => {
    const form = new URLSearchParams(body.toString('utf8'));
    const name = form.get('Action') ?? '';
    try {
      const action = actions[name];
      if (action === undefined) throw unknownCall(service, name);
      return answer(200, element(`${name}Response`, { [`${name}Result`]: await action(form, region), ...metadata }));
    } catch (error) {
      return fault(error);
    }
  };
}

/** @throws AwsFault without it */
export function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value !== null && value !== '') return value;
  throw new AwsFault('ValidationError', `${name} is missing.`);
}

const requestId = '00000000-0000-4000-8000-000000000000';
const metadata = { ResponseMetadata: { RequestId: requestId } };

function fault(error: unknown): AwsAnswer {
  const known = error instanceof AwsFault ? error : new AwsFault('InternalFailure', String(error), 500);
  const Type = known.status < 500 ? 'Sender' : 'Receiver';
  const Error = { Type, Code: known.code, Message: known.message };
  return answer(known.status, element('ErrorResponse', { Error, RequestId: requestId }));
}

const answer = (status: number, body: string): AwsAnswer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<?xml version="1.0"?>${body}`,
});
