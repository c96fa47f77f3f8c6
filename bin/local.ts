import { accessLine } from './local/access-line.ts';
import { alarmLine } from './local/alarm-line.ts';
import { contextFrom } from './local/context.ts';
import { fail, isFault, portFrom, stopOnSignal } from './local/process.ts';
import { startLocal, type Local } from './local/start.ts';

// Node 20 still runs this; the AWS SDK's reminder at every start would hide what matters.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const started = performance.now();
const verbose = process.argv.includes('--verbose');
const empty = process.argv.includes('--empty');

async function main(): Promise<void> {
  const local = await startLocal({
    port: portFrom(process.env, 'PORT', 4242),
    folder: '.local',
    empty,
    context: contextFrom(process.argv.slice(2)),
    env: process.env,
    progress: (line) => process.stdout.write(`${line}...\n`),
    onEvent: (event) => process.stdout.write(accessLine(event)),
    onAlarm: (change) => process.stdout.write(alarmLine(change)),
    log: (line) => void ((verbose || isFault(line)) && process.stdout.write(`${line}\n`)),
  });
  stopOnSignal(local);
  process.stdout.write(greeting(local));
}

function greeting({ endpoints, stripe }: Local): string {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  return `
Ready  ${endpoints.site}

Sign in with any email, then try a card (any future date, any CVC):
  4242 4242 4242 4242   pays
  4000 0000 0000 0002   is declined
  4000 0000 0000 9995   has insufficient funds

${stripe === 'simulator' ? `Stripe is a simulator, no money moves. Its dashboard, where time can pass: ${endpoints.stripe}` : 'Stripe is the real one, in your sandbox; webhooks come through the Stripe CLI.'}
All addresses: .local/endpoints.json. What the functions log: npm start -- --verbose
Started in ${seconds} s. Ctrl-C ends everything.${stripe === 'simulator' ? ' The next start goes on from there; npm start -- --empty begins anew.' : ''}
`;
}

main().catch(fail);
