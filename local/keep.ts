import type { Dynamo, DynamoState } from './dynamodb/server.ts';
import type { SecretStore } from './secrets/store.ts';

/** What the cloud's stores hold, and lose when it stops. An earlier version kept no streams. */
export interface Stored extends Partial<DynamoState> {
  tables: DynamoState['tables'];
  /** Current values by the secret's name. */
  secrets: Record<string, string>;
}

export async function dump(dynamo: Dynamo, secrets: SecretStore): Promise<Stored> {
  return { ...(await dynamo.dump()), secrets: secrets.dump() };
}

/** Puts back what `dump` gave, into the stack's own tables and secrets. @throws Error when the stack has not all of them */
export async function restore(
  { secrets: values, ...state }: Stored,
  dynamo: Dynamo,
  secrets: SecretStore,
): Promise<void> {
  const found = Object.entries(values).map(([name, value]) => ({ name, value, secret: secrets.find(name) }));
  const missing = found.find(({ secret }) => secret === undefined);
  if (missing !== undefined) throw new Error(`The stack has no secret ${missing.name} any more.`);
  await dynamo.restore(state);
  for (const { secret, value } of found) if (secret !== undefined) secrets.put(secret, value);
}
