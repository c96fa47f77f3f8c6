import type { Command, Options } from './command.ts';

const CALL = 'npm run operator --';
const WIDTH = 24;

/** What there is, a line a command. */
export function listOf(commands: readonly Command[]): string {
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(12)} ${summary}`);
  return `The operator's commands: ${CALL} <command>

${lines.join('\n')}

All about one of them: ${CALL} help <command>
Exit status: 0 all is well; 1 something failed or needs a look; 2 asked wrongly, nothing was done; 130 interrupted.`;
}

export function helpOf({ name, takes, help, options }: Command): string {
  return `${CALL} ${[name, ...(takes ? [takes] : []), '[options]'].join(' ')}

${help.trim()}

Options
${optionLines(options)}`;
}

function optionLines(options: Options): string {
  const lines = Object.entries(options).map(([name, { value, help }]) => {
    const [first = '', ...more] = help.split('\n');
    const left = `  --${name}${value ? ` ${value}` : ''}`;
    return [`${left.padEnd(WIDTH)} ${first}`, ...more.map((line) => `${''.padEnd(WIDTH)} ${line}`)].join('\n');
  });
  return lines.join('\n');
}
