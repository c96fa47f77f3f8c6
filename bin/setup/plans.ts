import { readFile } from 'node:fs/promises';
import { parsePlans, type PlansFile } from '../../billing/plans.ts';

/** What is on sale. @throws PlansFileError naming the place and what is expected there */
export const readPlans = async (): Promise<PlansFile> =>
  parsePlans(JSON.parse(await readFile(new URL('../../plans.json', import.meta.url), 'utf8')));
