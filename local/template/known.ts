/** What the local cloud does with the properties of one type of resource; see properties.ts. */
export interface KnownProperties {
  honoured: readonly string[];
  ignored: Readonly<Record<string, string>>;
}

// Reasons that several types share.
export const inMemory = 'everything is in memory and ends with the process';
export const people = 'for people';
export const noMoney = 'nothing is billed or measured here';
export const tags = 'tags change nothing that a resource does';
