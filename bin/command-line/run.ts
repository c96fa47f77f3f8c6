import { UsageError, type Command, type ExitCode } from './command.ts';
import { helpOf, listOf } from './help.ts';
import { reasonOf } from './reason.ts';
import type { Terminal } from './terminal.ts';

/** Runs the command that the arguments name. What it throws is said plainly, with the next step, and never as a stack. */
export async function runCommandLine(
  commands: readonly Command[],
  args: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  try {
    return await dispatch(commands, args, terminal);
  } catch (error) {
    const usage = error instanceof UsageError;
    terminal.note(`\n${usage ? error.message : reasonOf(error)}`);
    if (usage) terminal.note('See: npm run operator -- --help');
    return usage ? 2 : 1;
  }
}

async function dispatch(commands: readonly Command[], args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [first, ...rest] = args;
  const asksHelp = args.includes('--help') || first === 'help';
  const name = first === 'help' ? rest[0] : first;
  if (name === undefined || name === '--help') return say(terminal, listOf(commands));
  const command = commands.find((each) => each.name === name);
  if (!command) throw new UsageError(`There is no command "${name}".`);
  return asksHelp ? say(terminal, helpOf(command)) : command.run(rest, terminal);
}

function say(terminal: Terminal, text: string): ExitCode {
  terminal.out(text);
  return 0;
}
