import type { CustomResource } from './custom-resources/event.ts';
import type { DynamoState } from './dynamodb/server.ts';
import type { Cloud } from './resources/provider.ts';

/** What the cloud's stores hold, and lose when it stops. Earlier versions kept no streams, and no custom resources. */
export interface Stored extends Partial<DynamoState> {
  tables: DynamoState['tables'];
  /** Current values by the secret's name. */
  secrets: Record<string, string>;
  /** By logical id. */
  customResources?: Record<string, CustomResource>;
}

export async function dump({ dynamo, secrets, customResources }: Cloud): Promise<Stored> {
  const tables = await dynamo.dump();
  return { ...tables, secrets: secrets.dump(), customResources: Object.fromEntries(customResources) };
}
