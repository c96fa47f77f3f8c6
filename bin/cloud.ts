import { startDeployableCloud, type DeployableCloud } from '../local/deploy/start.ts';
import { accessLine } from './local/access-line.ts';
import { alarmLine } from './local/alarm-line.ts';
import { fail, isFault, portFrom, stopOnSignal } from './local/process.ts';
import { startStripe, type StripeSide } from './local/stripe-side.ts';

// Node 20 still runs this; the AWS SDK's reminder at every start would hide what matters.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const verbose = process.argv.includes('--verbose');
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const log = (line: string): void => void ((verbose || isFault(line)) && say(line));

/** An empty cloud, and a simulator of Stripe: for the real `cdk deploy`, and what follows in the README. */
async function main(): Promise<void> {
  const ports = { endpointPort: portFrom(process.env, 'AWS_PORT', 4566), port: portFrom(process.env, 'PORT', 4242) };
  const stripe = await startStripe({}, log);
  const { environment, addresses, clockAhead } = stripe;
  const cloud = await startDeployableCloud({
    ...ports,
    environment,
    addresses,
    log,
    onEvent: (event) => process.stdout.write(accessLine(event)),
    onAlarm: (change) => process.stdout.write(alarmLine(change)),
    ...(clockAhead && { clockAhead }),
  });
  stopOnSignal({
    stop: async () => {
      await cloud.stop();
      await stripe.stop();
    },
  });
  say(greeting(cloud, stripe));
}

function greeting({ url, accessKeyId }: DeployableCloud, { url: stripeUrl, keys }: StripeSide): string {
  return `
An empty cloud and a simulator of Stripe. In another terminal, in this folder, paste

export AWS_ENDPOINT_URL=${url} AWS_REGION=us-east-1
export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${accessKeyId}
export STRIPE_API_BASE=${stripeUrl}
export STRIPE_SECRET_KEY=${keys.secretKey} STRIPE_PUBLISHABLE_KEY=${keys.publishableKey}

and then deploy, as to AWS:

npx cdk deploy --outputs-file cdk-outputs.json
npm run operator -- setup

Time can pass on Stripe's dashboard: ${stripeUrl}. What the functions log: npm run cloud -- --verbose
Ctrl-C ends everything; nothing is kept.`;
}

main().catch(fail);
