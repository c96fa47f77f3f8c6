/**
 * The settings in a command line: `-c name=value`, as often as there are any, as the CDK's own command line takes them.
 *
 * @throws an Error that says what is missing
 */
export function contextFrom(args: readonly string[]): Record<string, string> {
  const given = args.flatMap((arg, at) => (arg === '-c' || arg === '--context' ? [args[at + 1] ?? ''] : []));
  return Object.fromEntries(given.map(settingIn));
}

function settingIn(text: string): [name: string, value: string] {
  const [name = '', ...value] = text.split('=');
  if (name === '' || value.length === 0)
    throw new Error(`After -c comes name=value, as in -c checkout=elements, not "${text}".`);
  return [name, value.join('=')];
}
