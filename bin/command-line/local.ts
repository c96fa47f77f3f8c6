import { readFile } from 'node:fs/promises';

/** What `npm start` writes while it runs. */
export const LOCAL_OUTPUTS = '.local/cdk-outputs.json';
const LOCAL_ENDPOINTS = '.local/endpoints.json';

export const START_AGAIN = 'Start the local cloud again: npm start';

export interface LocalEndpoints {
  readonly dynamodb: string;
  readonly secrets: string;
  readonly stripe: string;
}

/** @throws an Error that says what to run, when no local cloud runs here */
export async function localEndpoints(): Promise<LocalEndpoints> {
  const json = await readFile(LOCAL_ENDPOINTS, 'utf8').then(
    (text): unknown => JSON.parse(text),
    (cause: unknown) => {
      throw new Error('No local cloud is running here. Start it in another terminal: npm start', { cause });
    },
  );
  return { dynamodb: address(json, 'dynamodb'), secrets: address(json, 'secrets'), stripe: address(json, 'stripe') };
}

function address(json: unknown, part: string): string {
  const value: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, part) : undefined;
  if (typeof value === 'string' && URL.canParse(value)) return value;
  throw new Error(`${LOCAL_ENDPOINTS} has no address of "${part}". ${START_AGAIN}`);
}
