import { startDeployableCloud, type DeployableCloud } from '../../../local/deploy/start.ts';

export type Template = Record<string, unknown>;
/** A table that outlives its stack. */
export const table = {
  Type: 'AWS::DynamoDB::Table',
  DeletionPolicy: 'Retain',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  },
};
/** The text of an element, the first of that name. */
export const textOf = (xml: string, name: string): string =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
/** The texts of all of that name. */
export const textsOf = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map((match) => match[1] ?? '');

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** An empty cloud, called as the CDK's command line and the AWS SDK call it. */
export interface Caller {
  readonly cloud: DeployableCloud;
  call(
    service: string,
    request: { path?: string; method?: string; headers?: Record<string, string>; body?: string | Buffer },
  ): Promise<Answer>;
  /** An action in the query protocol. */
  query(service: string, action: string, form?: Record<string, string>): Promise<Answer>;
  /** An operation in the JSON protocol, by its whole target. */
  json(service: string, target: string, body: unknown): Promise<Answer>;
  /** Creates and executes a change set. @returns the stack's status once it is settled, and its events, oldest first */
  deploy(name: string, template: Template): Promise<{ status: string; events: string[] }>;
  settled(name: string): Promise<string>;
  events(name: string): Promise<string[]>;
}

export async function startEmptyCloud(accessKeyId = 'operator'): Promise<Caller> {
  const cloud = await startDeployableCloud({ endpointPort: 0, port: 0 });
  const call: Caller['call'] = async (service, { path = '/', method = 'POST', headers = {}, body = '' }) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
    const now = '20260101T000000Z';
    const answer = await fetch(`${cloud.url}${path}`, {
      method,
      headers: { authorization, 'x-amz-date': now, ...headers },
      ...(method !== 'GET' && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
    return { status: answer.status, body: await answer.text() };
  };
  const query: Caller['query'] = (service, action, form = {}) =>
    call(service, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ Action: action, ...form }).toString(),
    });
  const json: Caller['json'] = (service, target, body) =>
    call(service, {
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
      body: JSON.stringify(body),
    });
  const events = async (name: string): Promise<string[]> => {
    const { body } = await query('cloudformation', 'DescribeStackEvents', { StackName: name });
    const ids = textsOf(body, 'LogicalResourceId');
    return textsOf(body, 'ResourceStatus')
      .map((status, index) => `${status} ${ids[index]}`)
      .toReversed();
  };
  const settled = async (name: string): Promise<string> => {
    for (;;) {
      const { body } = await query('cloudformation', 'DescribeStacks', { StackName: name });
      const status = textOf(body, 'StackStatus');
      if (!status.endsWith('IN_PROGRESS')) return status;
    }
  };
  const deploy: Caller['deploy'] = async (name, template) => {
    const set = { StackName: name, ChangeSetName: 'change' };
    await query('cloudformation', 'CreateChangeSet', { ...set, TemplateBody: JSON.stringify(template) });
    await query('cloudformation', 'ExecuteChangeSet', set);
    return { status: await settled(name), events: await events(name) };
  };
  return { cloud, call, query, json, deploy, settled, events };
}
