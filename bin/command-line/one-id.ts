import { UsageError } from './command.ts';

/** The one id that a command is about: of a user, a customer or a subscription. @throws UsageError when there is none, or another */
export function oneId(name: string, positionals: readonly string[]): string {
  const [id, ...others] = positionals;
  if (id === undefined || others.length > 0)
    throw new UsageError(`${name} takes one id: of a user, a customer (cus_...) or a subscription (sub_...).`);
  return id;
}
