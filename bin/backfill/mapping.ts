import { readFile } from 'node:fs/promises';
import { UsageError } from '../command-line/command.ts';

/** Which user a Stripe customer is, by the customer's id. */
export type Mapping = ReadonlyMap<string, string>;

interface Line {
  readonly where: string;
  readonly customerId: string;
  readonly userId: string;
}

/**
 * A CSV file that begins with the line `customerId,userId`, or a JSON file with an object from customer to user.
 *
 * @throws UsageError that says which line is wrong, and how it is right
 */
export async function readMapping(file: string): Promise<Mapping> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`${file} could not be read.`, { cause });
  });
  const lines = /^\s*\{/.test(text) ? jsonLines(file, text) : csvLines(file, text);
  return checked(lines);
}

function csvLines(file: string, text: string): Line[] {
  const [head, ...rows] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (!/^"?customerId"?,"?userId"?$/i.test(head?.trim() ?? ''))
    throw new UsageError(`${file} should begin with the line: customerId,userId`);
  return rows.flatMap((row, index) => {
    if (row.trim() === '') return [];
    const comma = row.indexOf(',');
    const [customerId, userId] = [row.slice(0, comma), row.slice(comma + 1)].map(unquoted);
    return [{ where: `${file}, line ${index + 2}`, customerId: customerId ?? '', userId: userId ?? '' }];
  });
}

const unquoted = (field: string): string => /^"(.*)"$/.exec(field.trim())?.[1]?.replaceAll('""', '"') ?? field.trim();

function jsonLines(file: string, text: string): Line[] {
  const entries = Object.entries(parsed(file, text));
  return entries.map(([customerId, userId]: [string, unknown]) => {
    if (typeof userId === 'string') return { where: `${file}, ${customerId}`, customerId, userId };
    throw new UsageError(`${file}, ${customerId}: the user should be a text.`);
  });
}

function parsed(file: string, text: string): object {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? json : {};
  } catch (cause) {
    throw new UsageError(`${file} is no JSON: {"cus_...": "user id"} is what it should hold.`, { cause });
  }
}

function checked(lines: readonly Line[]): Mapping {
  const users = new Map<string, string>();
  for (const { where, customerId, userId } of lines) {
    if (!/^cus_\w+$/.test(customerId))
      throw new UsageError(`${where}: "${customerId}" is no Stripe customer's id (cus_...).`);
    if (userId === '') throw new UsageError(`${where}: the user is missing.`);
    const before = users.get(customerId);
    if (before !== undefined && before !== userId)
      throw new UsageError(`${where}: ${customerId} is mapped to ${userId}, and to ${before} before.`);
    users.set(customerId, userId);
  }
  return users;
}
