import { backfillCommand } from './backfill/command.ts';
import { chargeCommand } from './charge/command.ts';
import { runCommandLine } from './command-line/run.ts';
import { processTerminal } from './command-line/terminal.ts';
import { doctorCommand } from './doctor/command.ts';
import { eraseCommand } from './erase/command.ts';
import { explainCommand } from './explain/command.ts';
import { exportCommand } from './export/command.ts';
import { reconcileCommand } from './reconcile/command.ts';
import { reportCommand } from './report/command.ts';
import { rotateCommand } from './rotate/command.ts';
import { setupCommand } from './setup/command.ts';

// Node 20 still runs this; the AWS SDK's reminder at every start would hide what matters.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const commands = [
  setupCommand,
  doctorCommand,
  reconcileCommand,
  explainCommand,
  backfillCommand,
  chargeCommand,
  exportCommand,
  eraseCommand,
  reportCommand,
  rotateCommand,
];

process.exitCode = await runCommandLine(commands, process.argv.slice(2), processTerminal());
