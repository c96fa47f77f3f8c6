import { parseArgs } from 'node:util';
import { runSetup } from './setup/command.ts';

// Node 20 still runs this; the AWS SDK's reminder at every start would hide what matters.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const HELP = `The operator's commands: npm run operator -- <command>

  setup    Make products, prices, billing portal and webhook endpoint at Stripe equal to plans.json,
           and put the keys into the stack's secret. As often as you like: it changes only what differs.
           Wants STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY, and AWS credentials as the AWS CLI uses them.

Options
  --outputs FILE   the outputs of the deployed stack (cdk-outputs.json if not given),
                   as written by: npx cdk deploy --outputs-file cdk-outputs.json
  --stack NAME     which stack of that file, when it holds several
  --help           this text
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { outputs: { type: 'string' }, stack: { type: 'string' }, help: { type: 'boolean' } },
  });
  const command = positionals[0];
  if (values.help || command === undefined) return void process.stdout.write(HELP);
  if (command !== 'setup') throw new Error(`There is no command "${command}". See: npm run operator -- --help`);
  await runSetup({ outputs: values.outputs ?? 'cdk-outputs.json', stack: values.stack });
}

main().catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
