import { beforeAll, describe, expect, it } from '@jest/globals';
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { BusEvent } from '../../../local/eventbridge/bus.ts';
import { allow, getAtt, httpApi, lambdaFunction, ref, route } from './assembly.ts';
import { run, until, type Running } from './run.ts';

const echo = { 'index.mjs': 'export const handler = async (event) => console.log("got " + JSON.stringify(event));' };
const asked = { 'index.mjs': 'export const handler = async () => process.env;' };

let stack: Running;
let mine: { accessKeyId: string; secretAccessKey: string };
const seen: BusEvent[] = [];

beforeAll(async () => {
  const Pattern = { source: ['subscriptions'], detail: { plan: ['pro'] } };
  const permission = {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: getAtt('Echo', 'Arn'),
      Principal: 'events.amazonaws.com',
      SourceArn: getAtt('Rule', 'Arn'),
    },
  };
  const Resources = {
    ...lambdaFunction('Mine', [allow('events:PutEvents', getAtt('Bus', 'Arn'))]),
    ...lambdaFunction('Echo'),
    ...httpApi(),
    ...route('GET /mine', 'Mine'),
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'changes' } },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: ref('Bus'),
        EventPattern: Pattern,
        State: 'ENABLED',
        Targets: [{ Id: 'Echo', Arn: getAtt('Echo', 'Arn') }],
      },
    },
    Permission: permission,
  };
  const Outputs = { Bus: { Value: ref('Bus') } };
  const assets = { Mine: asked, Echo: echo };
  stack = await run({ template: { Resources, Outputs }, assets }, { onEvent: (event) => void seen.push(event) });
  const environment = Object(await (await fetch(`${stack.apis[0]}/mine`)).json());
  mine = { accessKeyId: environment.AWS_ACCESS_KEY_ID, secretAccessKey: environment.AWS_SECRET_ACCESS_KEY };
  expect(environment.AWS_ENDPOINT_URL_EVENTBRIDGE).toBe(stack.eventbridge);
});

const events = () => new EventBridgeClient({ endpoint: stack.eventbridge, region: 'us-east-1', credentials: mine });
const entry = (more: Partial<PutEventsRequestEntry> = {}): PutEventsRequestEntry => ({
  EventBusName: 'changes',
  Source: 'subscriptions',
  DetailType: 'access.granted',
  Detail: '{"plan":"pro"}',
  ...more,
});
const put = (...Entries: PutEventsRequestEntry[]) => events().send(new PutEventsCommand({ Entries }));

describe('an event on a bus', () => {
  it('reaches the functions of the rules that want it, whole, and no others', async () => {
    const answer = await put(
      entry({ Detail: '{"plan":"starter"}' }),
      entry({ Time: new Date('2027-01-15T12:00:00Z'), Resources: ['arn:one'] }),
    );
    expect(answer).toMatchObject({ FailedEntryCount: 0 });
    const line = await until(() => stack.lines.find((one) => one.startsWith('[Try-Echo] got ')));
    expect(JSON.parse(line.slice(15))).toEqual({
      version: '0',
      id: answer.Entries?.[1]?.EventId,
      'detail-type': 'access.granted',
      source: 'subscriptions',
      account: '000000000000',
      time: '2027-01-15T12:00:00Z',
      region: 'us-east-1',
      resources: ['arn:one'],
      detail: { plan: 'pro' },
    });
    expect(seen.map(({ detail }) => detail)).toEqual([{ plan: 'starter' }, { plan: 'pro' }]);
    expect(stack.lines).toContain('[eventbridge] changes: access.granted {"plan":"pro"}');
  });

  it.each([
    ['no source', { Source: '' }, 'InvalidArgument'],
    ['no type', { DetailType: '' }, 'InvalidArgument'],
    ['a source of AWS’s own', { Source: 'aws.events' }, 'NotAuthorizedForSource'],
    ['a detail that is no JSON object', { Detail: '[1' }, 'MalformedDetail'],
  ])('with %s is refused by itself, while others are taken', async (_what, wrong, code) => {
    const { FailedEntryCount, Entries } = await put(entry(wrong), entry());
    expect(FailedEntryCount).toBe(1);
    expect(Entries).toEqual([{ ErrorCode: code, ErrorMessage: expect.any(String) }, { EventId: expect.any(String) }]);
  });

  it('may be put by those only whose policies allow it', async () => {
    const onDefault = put(entry({ EventBusName: 'default' }));
    await expect(onDefault).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(onDefault).rejects.toThrow('events:PutEvents on resource: arn:aws:events:us-east-1');
  });

  it('for a bus that is not there is refused', async () => {
    await expect(put(entry({ EventBusName: 'nowhere' }))).rejects.toThrow('Event bus nowhere does not exist.');
  });

  it('comes with nine others at most', async () => {
    await expect(put(...Array.from({ length: 11 }, () => entry()))).rejects.toThrow("Value at 'entries'");
  });
});
