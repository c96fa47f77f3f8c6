import { parseArgs } from 'node:util';
import type { Terminal } from './terminal.ts';

export interface Option {
  readonly type: 'string' | 'boolean';
  /** What stands for its value in the help: `FILE`. */
  readonly value?: string;
  /** @default - none */
  readonly default?: string;
  /** One line or more, without the option's name. */
  readonly help: string;
}

export type Options = Readonly<Record<string, Option>>;

/** How a command ended, as the shell sees it: all well, something needs a look, or it was asked wrongly. */
export type ExitCode = 0 | 1 | 2 | 130;

/** What the one who typed a command gave it. */
export interface Given<T extends Options> {
  readonly values: Values<T>;
  readonly positionals: readonly string[];
  readonly terminal: Terminal;
}

export type Values<T extends Options> = ReturnType<
  typeof parseArgs<{ options: T; args: string[]; allowPositionals: true; strict: true }>
>['values'];

export interface CommandParts<T extends Options> {
  readonly name: string;
  /** What follows the name: `<user | customer>`. @default - options alone */
  readonly takes?: string;
  /** One line in the list of commands. */
  readonly summary: string;
  /** What `help <name>` says before the options. */
  readonly help: string;
  readonly options: T;
  run(given: Given<T>): Promise<ExitCode>;
}

/** A command as the command line sees it: it reads its own options. */
export interface Command extends Pick<CommandParts<Options>, 'name' | 'takes' | 'summary' | 'help' | 'options'> {
  /** @throws UsageError when it was asked wrongly; any other error when it could not be done */
  run(args: string[], terminal: Terminal): Promise<ExitCode>;
}

/** Asked wrongly: what is wrong and how it is right. Nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function command<const T extends Options>(parts: CommandParts<T>): Command {
  return {
    ...parts,
    run: (args, terminal) => {
      const { values, positionals } = parsed(() =>
        parseArgs({ args, options: parts.options, allowPositionals: true, strict: true }),
      );
      if (parts.takes === undefined && positionals.length > 0)
        throw new UsageError(`${parts.name} takes options alone, but was given "${positionals[0]}".`);
      return parts.run({ values, positionals, terminal });
    },
  };
}

/** Node's own words for an unknown option or a missing value are plain enough; its advice about `--` helps nobody here. */
function parsed<R>(parse: () => R): R {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(error.message.split('. To specify a positional')[0], { cause: error });
  }
}
