import { beforeAll, describe, expect, it } from '@jest/globals';
import { allow, getAtt, httpApi, lambdaFunction, ref, route } from './assembly.ts';
import { run, until, type Running } from './run.ts';

const reply = (expression: string): Record<string, string> => ({
  'index.mjs': `export const handler = async (event, context) => (${expression});`,
});

/** What a function answers at `GET /<its id in small letters>`. */
const ids = [
  'Env',
  'Count',
  'Throws',
  'Slow',
  'Dies',
  'Context',
  'Logs',
  'Mute',
  'Twin',
  'Broken',
  'Forbidden',
  'Greedy',
  'Later',
];
const lambdas = {
  ...lambdaFunction('Env', [], { Environment: { Variables: { TABLE_NAME: 'records' } }, MemorySize: 256 }),
  ...lambdaFunction('Count'),
  ...lambdaFunction('Throws'),
  ...lambdaFunction('Slow', [], { Timeout: 1 }),
  ...lambdaFunction('Dies'),
  ...lambdaFunction('Context', [], { Timeout: 20 }),
  ...lambdaFunction('Logs'),
  ...lambdaFunction('Mute'),
  ...lambdaFunction('Twin'),
  ...lambdaFunction('Broken'),
  ...lambdaFunction('Forbidden'),
  ...lambdaFunction('Later'),
  ...lambdaFunction('Greedy', [], { Timeout: 60 }),
  MuteRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
      },
      Policies: [
        { PolicyName: 'x', PolicyDocument: { Version: '2012-10-17', Statement: [allow('dynamodb:Query', '*')] } },
      ],
    },
  },
};
const assets = {
  Env: reply('process.env'),
  Count: { 'index.mjs': 'let count = 0; export const handler = async () => ({ count: ++count });' },
  Throws: { 'index.mjs': 'export const handler = async () => { throw new RangeError("too much"); };' },
  Slow: {
    'index.mjs': `let events = 0;
      export const handler = async ({ rawQueryString }) => {
        events += 1;
        if (rawQueryString === "wait") await new Promise((done) => setTimeout(done, 60_000));
        return { events };
      };`,
  },
  Dies: {
    'index.mjs':
      'export const handler = async ({ rawQueryString }) => { if (rawQueryString === "die") process.exit(3); return "fine"; };',
  },
  Context: reply('{ ...context, left: context.getRemainingTimeInMillis() }'),
  Logs: { 'index.mjs': 'export const handler = async () => { console.log("one\\ntwo"); console.error("three"); };' },
  Mute: { 'index.mjs': 'export const handler = async () => { console.log("nobody hears this"); };' },
  Twin: {
    'index.mjs': `let busy = 0;
      export const handler = async () => {
        busy += 1;
        const most = busy;
        await new Promise((done) => setTimeout(done, 50));
        busy -= 1;
        return { most, thread: globalThis.id ??= Math.random() };
      };`,
  },
  Broken: { 'index.mjs': 'throw new Error("cannot load");' },
  Forbidden: reply('1'),
  Later: {
    'index.mjs': `let events = 0;
      export const handler = async () => {
        setTimeout(() => Promise.reject(new Error("fell over later")), 1);
        return { events: (events += 1) };
      };`,
  },
  Greedy: {
    'index.mjs': 'export const handler = async () => { const all = []; for (;;) all.push(new Array(1e6).fill(all)); };',
  },
};

let stack: Running;
const get = (path: string): Promise<Response> => fetch(`${stack.apis[0]}${path}`);
const json = async (path: string): Promise<unknown> => (await get(path)).json();

beforeAll(async () => {
  const routes = ids.map((id) => route(`GET /${id.toLowerCase()}`, id, { permitted: id !== 'Forbidden' }));
  const Resources = { ...lambdas, ...httpApi(), ...Object.assign({}, ...routes) };
  stack = await run(
    { template: { Resources, Outputs: {} }, assets },
    { environment: { STRIPE_API_BASE: 'http://stripe' } },
  );
});

describe('a function', () => {
  it('sees the environment that it declares and what Lambda adds, and nothing of this process', async () => {
    process.env['ONLY_OF_THIS_PROCESS'] = 'secret';
    const environment = await json('/env');
    expect(environment).toMatchObject({
      TABLE_NAME: 'records',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'Try-Env',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_ENDPOINT_URL_DYNAMODB: stack.dynamodb,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: stack.secrets,
      STRIPE_API_BASE: 'http://stripe',
    });
    expect(environment).not.toHaveProperty('ONLY_OF_THIS_PROCESS');
    expect(environment).not.toHaveProperty('PATH');
  });

  it('keeps its module from one event to the next: only the first is a cold start', async () => {
    expect(await json('/count')).toEqual({ count: 1 });
    expect(await json('/count')).toEqual({ count: 2 });
  });

  it('gets the context object of Lambda', async () => {
    expect(await json('/context')).toMatchObject({
      functionName: 'Try-Context',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:Try-Context',
      memoryLimitInMB: '128',
      awsRequestId: expect.any(String),
      logGroupName: '/aws/lambda/Try-Context',
      left: expect.any(Number),
    });
  });

  it('has its console lines logged under its name', async () => {
    await get('/logs');
    await until(() => stack.lines.find((line) => line === '[Try-Logs] three'));
    expect(stack.lines).toEqual(expect.arrayContaining(['[Try-Logs] one', '[Try-Logs] two']));
  });

  it('loses its log lines when its role may not write them, and this is said once', async () => {
    await get('/mute');
    await get('/mute');
    const said = await until(() => stack.lines.find((line) => line.startsWith('[Try-Mute]')));
    expect(said).toContain('is not allowed logs:CreateLogStream');
    expect(stack.lines.filter((line) => line.startsWith('[Try-Mute]'))).toHaveLength(1);
  });

  it('takes one event at a time: two at once run in two environments', async () => {
    const answers = await Promise.all([json('/twin'), json('/twin')]);
    expect(answers).toEqual([expect.objectContaining({ most: 1 }), expect.objectContaining({ most: 1 })]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(2);
  });

  it('has at most four environments here: more events wait for a free one', async () => {
    const answers = await Promise.all(Array.from({ length: 9 }, () => json('/twin')));
    expect(answers).toHaveLength(9);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBeLessThanOrEqual(4);
  });
});

describe('a function that fails', () => {
  const internal = { message: 'Internal Server Error' };

  it.each([
    ['throws', '/throws', 'RangeError: too much'],
    ['cannot be loaded', '/broken', 'cannot load'],
    ['ends its process', '/dies?die', 'Runtime exited with status 3'],
    ['uses more memory than it has', '/greedy', 'reaching memory limit'],
    ['takes longer than its timeout', '/slow?wait', 'Task timed out after 1.00 seconds'],
  ])('because it %s is a 500 of the gateway, and the reason is in the log', async (_why, path, reason) => {
    const response = await get(path);
    expect([response.status, await response.json()]).toEqual([500, internal]);
    await until(() => stack.lines.find((line) => line.includes(reason)));
  });

  it('is started anew for the next event', async () => {
    expect((await get('/dies?die')).status).toBe(500);
    expect(await (await get('/dies')).text()).toBe('fine');
    expect((await get('/slow?wait')).status).toBe(500);
    expect(await json('/slow')).toEqual({ events: 1 });
  });

  it('after its answer leaves the answer as it is, and its reason in the log', async () => {
    expect(await json('/later')).toEqual({ events: 1 });
    await until(() => stack.lines.find((line) => line.includes('fell over later')));
    expect(await json('/later')).toEqual({ events: 1 });
  });

  it('because the API has no permission to invoke it says so in the log', async () => {
    const response = await get('/forbidden');
    expect([response.status, await response.json()]).toEqual([500, internal]);
    expect(stack.lines.join('\n')).toMatch(/apigateway\.amazonaws\.com .* may not invoke Try-Forbidden/);
  });
});

describe('Lambda refuses to create a function', () => {
  const refusal = (resources: object): Promise<unknown> =>
    run({ template: { Resources: { ...resources } }, assets: { Env: assets.Env } });

  it('whose environment takes a name that Lambda reserves', async () => {
    const resources = lambdaFunction('Env', [], { Environment: { Variables: { AWS_REGION: 'eu-west-1' } } });
    await expect(refusal(resources)).rejects.toThrow('Env.Properties.Environment.Variables: declares AWS_REGION');
  });

  it('whose role Lambda may not assume', async () => {
    const Statement = [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }];
    const EnvRole = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement } } };
    await expect(refusal({ ...lambdaFunction('Env'), EnvRole })).rejects.toThrow('cannot be assumed by Lambda');
  });

  it('with active tracing whose role may not send traces yet', async () => {
    const resources = lambdaFunction('Env', [], { TracingConfig: { Mode: 'Active' } });
    await expect(refusal(resources)).rejects.toThrow('does not have permissions to call PutTraceSegments on XRAY');
  });

  it('whose bundle has no such file', async () => {
    const resources = lambdaFunction('Env', [], { Handler: 'main.handler' });
    await expect(refusal(resources)).rejects.toThrow(
      'Env.Properties.Handler: names main, but the asset has no main.mjs',
    );
  });
});

it('a function of another runtime than Node stands, but cannot be invoked', async () => {
  const resources = {
    ...lambdaFunction('Env', [], { Runtime: 'python3.13' }),
    ...httpApi(),
    ...route('GET /env', 'Env'),
  };
  const Outputs = { Name: { Value: ref('Env') }, Arn: { Value: getAtt('Env', 'Arn') } };
  const other = await run({ template: { Resources: resources, Outputs }, assets: { Env: { 'index.py': '' } } });
  expect(other.outputs['Name']).toBe('Try-Env');
  expect((await fetch(`${other.apis[0]}/env`)).status).toBe(500);
  expect(other.lines.join('\n')).toContain('only Node functions run here');
});
