import { spawn } from 'node:child_process';
import { startStripe } from '../../bin/local/stripe-side.ts';
import { startDeployableCloud } from '../../local/deploy/start.ts';

// npm run test:deploy: the tests of this folder, against an empty local cloud and a simulator of Stripe of their own.

const log = (line: string): void =>
  void (/^\[(iam|lambda|cloudfront|cognito)\]/.test(line) && process.stderr.write(`${line}\n`));
const stripe = await startStripe({}, log);
const cloud = await startDeployableCloud({ endpointPort: 0, port: 0, environment: stripe.environment, log });

const { AWS_PROFILE: _profile, ...env } = process.env;
const child = spawn('npm', ['run', '-s', 'test:only', '--', 'test/deploy'], {
  stdio: 'inherit',
  env: {
    ...env,
    AWS_ENDPOINT_URL: cloud.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: cloud.accessKeyId,
    AWS_SECRET_ACCESS_KEY: cloud.accessKeyId,
    STRIPE_API_BASE: stripe.url,
    STRIPE_SECRET_KEY: stripe.keys.secretKey,
    STRIPE_PUBLISHABLE_KEY: stripe.keys.publishableKey,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  },
});
process.exitCode = await new Promise<number>((resolve) => void child.once('close', (code) => resolve(code ?? 1)));
await cloud.stop();
await stripe.stop();
