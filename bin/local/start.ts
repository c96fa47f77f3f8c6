import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import plansFile from '../../plans.json' with { type: 'json' };
import { parsePlans } from '../../billing/plans.ts';
import { connectStripe } from '../../clients/stripe.ts';
import { startCloud, type CloudOptions, type LocalCloud } from '../../local/cloud.ts';
import { setup } from '../setup/setup.ts';
import { createKeeper, forgetKept, type Kept, readKept } from './kept.ts';
import { isSimulated, startStripe, type StripeSide, type StripeWatch } from './stripe-side.ts';

export interface LocalOptions {
  /** The site's port; 0 for a free one. */
  readonly port: number;
  /** Where the assembly and endpoints.json go. */
  readonly folder: string;
  /** Begins with nothing, and forgets what was kept. @default - goes on from what the simulator and the tables held at the end */
  readonly empty?: boolean;
  /** The cloud assembly to run, when it is synthesized already; `context` is in it then. @default - built and synthesized */
  readonly assembly?: string;
  /** Settings of the stack, as `cdk deploy -c name=value` takes them; they win over cdk.json. @default - none */
  readonly context?: Readonly<Record<string, string>>;
  /** Stripe's own keys are taken from here, when they are set. */
  readonly env: NodeJS.ProcessEnv;
  /** Told what is being done, a line a step. */
  readonly progress: (line: string) => void;
  /** Told what the functions and servers log. */
  readonly log: (line: string) => void;
  /** Told of every event on the stack's buses: every change of access. */
  readonly onEvent?: NonNullable<CloudOptions['onEvent']>;
  /** Told of every alarm that changes its state. */
  readonly onAlarm?: NonNullable<CloudOptions['onAlarm']>;
  /** Told what the simulator of Stripe says; never what Stripe itself does. */
  readonly watch?: StripeWatch;
}

export interface Local {
  readonly endpoints: LocalCloud['endpoints'] & { readonly stripe: string };
  readonly stripe: StripeSide['kind'];
  stop(): Promise<void>;
}

/**
 * The whole business on this machine: synthesizes the stack, runs that template, and runs the operator's setup against
 * it. The template is the deployed one; its checks by AWS's validator and cdk-nag, five seconds of work that change
 * nothing in it, are left to `cdk synth`, `cdk deploy` and `npm test`. What was started when a step fails is stopped again.
 */
export async function startLocal(options: LocalOptions): Promise<Local> {
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const part of started.splice(0).toReversed()) await part.stop();
  };
  try {
    return { ...(await startParts(options, started)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(options: LocalOptions, started: { stop(): Promise<void> }[]): Promise<Omit<Local, 'stop'>> {
  const { env, progress, log, onEvent, onAlarm } = options;
  const folder = resolve(options.folder);
  const kept = await keptFor(options, folder);
  const keeper = createKeeper(folder, log);
  const stripe = await startStripe(env, log, { ...options.watch, snapshot: kept?.stripe, onChange: keeper.changed });
  started.push(stripe);

  const assembly = options.assembly ?? (await synthesize(folder, options));

  progress(`Running its template, with ${stripe.description}`);
  const { environment, addresses, clockAhead } = stripe;
  const cloud = await startCloud({
    assembly,
    port: options.port,
    environment,
    addresses,
    log,
    ...(clockAhead && { clockAhead }),
    earlier: kept?.cloud,
    onChange: keeper.changed,
    ...(onEvent && { onEvent }),
    ...(onAlarm && { onAlarm }),
  });
  started.push(cloud);
  if (kept) await restore(cloud, kept);

  progress('Running the operator’s setup');
  const webhook = await stripe.deliverTo(cloud.endpoints.api, kept?.api);
  await setUp(cloud, stripe, webhook, log);

  if (stripe.snapshot) {
    keeper.begin({ stripe: stripe.snapshot, cloud });
    started.push(keeper);
  }
  const endpoints = { ...cloud.endpoints, stripe: stripe.url };
  started.push(await publish(folder, endpoints, { [cloud.stackName]: cloud.outputs }));
  return { endpoints, stripe: stripe.kind };
}

/** @returns where the cloud assembly is */
async function synthesize(folder: string, { context = {}, progress }: LocalOptions): Promise<string> {
  progress('Synthesizing the stack that cdk deploy would send');
  const outdir = join(folder, 'assembly');
  await rm(outdir, { recursive: true, force: true });
  // The CDK takes longer to load than all else: not for whoever is refused before, or has an assembly.
  const { buildApp } = await import('../../lib/app.ts');
  (await buildApp({ outdir, context, check: false, build: join(folder, 'build') })).synth();
  return outdir;
}

/** Only the simulator's side is kept, with ours beside it: what Stripe itself knows is not ours to put back. */
async function keptFor({ env, empty = false, progress }: LocalOptions, folder: string): Promise<Kept | undefined> {
  if (!isSimulated(env)) return undefined;
  if (empty) await forgetKept(folder);
  return readKept(folder, progress);
}

async function restore(cloud: LocalCloud, { cloud: stored }: Kept): Promise<void> {
  try {
    await cloud.restore(stored);
  } catch (error) {
    const todo = 'npm start -- --empty begins with nothing.';
    throw new Error(`What the last run kept does not fit this stack: ${String(error)} ${todo}`, { cause: error });
  }
}

async function setUp(
  cloud: LocalCloud,
  stripe: StripeSide,
  webhook: { url: string } | { secret: string },
  log: LocalOptions['log'],
) {
  await setup({
    stripe: connectStripe(stripe.keys.secretKey, stripe.environment['STRIPE_API_BASE']),
    stripeKeys: stripe.keys,
    plans: parsePlans(plansFile),
    siteUrl: cloud.endpoints.site,
    webhook,
    secrets: new SecretsManagerClient({
      endpoint: cloud.endpoints.secrets,
      region: 'us-east-1',
      credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
    }),
    secretId: cloud.outputs['SecretId'] ?? '',
    report: ({ what, outcome }) => log(`[setup] ${outcome} ${what}`),
  });
}

/**
 * `endpoints.json`, for whoever wants to talk to the parts, and `cdk-outputs.json`, as a deployment leaves it, for the operator's
 * commands; gone when the parts are.
 */
async function publish(folder: string, endpoints: Local['endpoints'], outputs: Record<string, LocalCloud['outputs']>) {
  const contents = { 'endpoints.json': endpoints, 'cdk-outputs.json': outputs };
  const files = Object.entries(contents).map(([name, content]) => ({ path: join(folder, name), content }));
  await mkdir(folder, { recursive: true });
  for (const { path, content } of files) await writeFile(path, `${JSON.stringify(content, null, 2)}\n`);
  return {
    stop: async () => {
      for (const { path } of files) await rm(path, { force: true });
    },
  };
}
