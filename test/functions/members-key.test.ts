import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { listen, readBody, type Listening } from '../../local/net/server.ts';

type Handler = (event: CloudFormationCustomResourceEvent) => Promise<void>;

const secrets = mockClient(SecretsManagerClient);
const empty = new ResourceNotFoundException({ message: 'no value', $metadata: {} });
let kept: string | undefined;
let answers: string[] = [];
let status = 200;
let cloudFormation: Listening;
let handler: Handler;
const said: string[] = [];

beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const)
    jest.spyOn(console, level).mockImplementation((line) => void said.push(String(line)));
  cloudFormation = await listen(async (request, response) => {
    answers.push(String(await readBody(request, 10_000)));
    response.writeHead(status).end();
  });
  process.env['MEMBERS_KEY_SECRET_ID'] = 'secret-arn';
  process.env['AWS_REGION'] = 'us-east-1';
  handler = (await import('../../functions/members-key.ts')).handler;
});
beforeEach(() => {
  [kept, answers, status] = [undefined, [], 200];
  secrets.on(GetSecretValueCommand).callsFake(() => {
    if (kept === undefined) throw empty;
    return { SecretString: kept };
  });
  secrets.on(PutSecretValueCommand).callsFake(({ SecretString }: { SecretString: string }) => {
    kept = SecretString;
    return {};
  });
});
afterEach(() => void secrets.reset());
afterAll(() => cloudFormation.close());

const properties = { ServiceToken: 'function-arn' };
const ask = (RequestType: 'Create' | 'Update' | 'Delete') => {
  const about = {
    ServiceToken: 'function-arn',
    ResponseURL: `${cloudFormation.url}/answer?signature`,
    StackId: 'stack',
    RequestId: 'c2b3c8c5-0000-4000-8000-000000000000',
    ResourceType: 'Custom::MembersKey',
    LogicalResourceId: 'Pair',
    ResourceProperties: properties,
  };
  const old = { PhysicalResourceId: 'secret-arn', OldResourceProperties: properties };
  return handler(RequestType === 'Create' ? { ...about, RequestType } : { ...about, ...old, RequestType });
};
const last = () => JSON.parse(answers.at(-1) ?? '');
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' });

describe('the key of the members’ files', () => {
  it('is made once: its private half goes into the secret, its public half to CloudFormation', async () => {
    await ask('Create');
    expect(createPrivateKey(kept ?? '').asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 });
    expect(last()).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: 'secret-arn',
      StackId: 'stack',
      RequestId: 'c2b3c8c5-0000-4000-8000-000000000000',
      LogicalResourceId: 'Pair',
      Data: { PublicKey: pem(createPublicKey(kept ?? '')) },
    });
  });

  it('stays the same, however often it is asked for', async () => {
    await ask('Create');
    const made = last();
    await ask('Create');
    await ask('Update');
    expect(last()).toEqual(made);
    expect(secrets.commandCalls(PutSecretValueCommand)).toHaveLength(1);
  });

  it('is the other one’s, when two requests make it at the same moment', async () => {
    const other = (await ask('Create'), kept);
    kept = undefined;
    secrets.on(PutSecretValueCommand).callsFake(() => {
      kept = other;
      throw new ResourceExistsException({ message: 'in use', $metadata: {} });
    });
    await ask('Create');
    expect(last().Data.PublicKey).toBe(pem(createPublicKey(other ?? '')));
  });

  it('goes with its secret: to delete it is nothing', async () => {
    await ask('Delete');
    expect(last()).toMatchObject({ Status: 'SUCCESS', Data: {} });
    expect(secrets.calls()).toEqual([]);
  });

  it('that could not be made is answered at once, with the reason', async () => {
    secrets.on(PutSecretValueCommand).rejects(new Error('no such right'));
    await ask('Create');
    expect(last()).toMatchObject({ Status: 'FAILED', Reason: 'Error: no such right' });
  });

  it('waits for a role that IAM does not know everywhere yet, and no longer than it has to', async () => {
    const wait = globalThis.setTimeout;
    const pauses = jest.spyOn(globalThis, 'setTimeout').mockImplementation((done) => wait(done, 0));
    const taken = () => pauses.mock.calls.filter(([, milliseconds]) => milliseconds === 3000).length;
    const denied = Object.assign(new Error('no policy allows it'), { name: 'AccessDeniedException' });
    secrets.on(GetSecretValueCommand).rejectsOnce(denied).rejectsOnce(denied).rejects(empty);
    await ask('Create');
    expect([taken(), last().Reason]).toEqual([2, expect.stringContaining('is missing')]);
    secrets.on(GetSecretValueCommand).rejects(denied);
    await ask('Create');
    expect([taken(), last().Reason]).toEqual([2 + 7, expect.stringContaining('no policy allows it')]);
    pauses.mockRestore();
  });

  it('is a fault where CloudFormation does not take the answer: Lambda then asks again', async () => {
    status = 403;
    await expect(ask('Create')).rejects.toThrow('did not take the answer: 403');
  });

  it('is in no answer and no line of the log, nor is the address that takes the answer', async () => {
    await ask('Create');
    expect([...answers, ...said].join('\n')).not.toMatch(/PRIVATE|signature/);
  });
});
