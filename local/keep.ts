import type { Dynamo } from './dynamodb/server.ts';
import type { Items } from './dynamodb/items.ts';
import type { SecretStore } from './secrets/store.ts';

/** What the cloud's stores hold, and lose when it stops. */
export interface Stored {
  tables: Items;
  /** Current values by the secret's name. */
  secrets: Record<string, string>;
}

export async function dump(dynamo: Dynamo, secrets: SecretStore): Promise<Stored> {
  return { tables: await dynamo.dump(), secrets: secrets.dump() };
}

/** Puts back what `dump` gave, into the stack's own tables and secrets. @throws Error when the stack has not all of them */
export async function restore(
  { tables, secrets: values }: Stored,
  dynamo: Dynamo,
  secrets: SecretStore,
): Promise<void> {
  const found = Object.entries(values).map(([name, value]) => ({ name, value, secret: secrets.find(name) }));
  const missing = found.find(({ secret }) => secret === undefined);
  if (missing !== undefined) throw new Error(`The stack has no secret ${missing.name} any more.`);
  await dynamo.restore(tables);
  for (const { secret, value } of found) if (secret !== undefined) secrets.put(secret, value);
}
