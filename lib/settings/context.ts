import type { Node } from 'constructs';

/** On the command line `-c name=` is how one takes a value away, hence empty counts as absent. */
export const read = (node: Node, key: string): unknown => {
  const value: unknown = node.tryGetContext(key);
  return value === null || value === '' ? undefined : value;
};

export const readText = (node: Node, key: string): string | undefined => {
  const value = read(node, key);
  return value === undefined || typeof value === 'string' ? value : refuse(key, value, 'it has to be a text');
};

/** The text, when it fits. Throws as `refuse` does. */
export const readMatching = (node: Node, key: string, pattern: RegExp, rule: string): string | undefined => {
  const value = readText(node, key);
  return value === undefined || pattern.test(value) ? value : refuse(key, value, rule);
};

/** One of these words. Throws as `refuse` does. */
export const readWord = <Word extends string>(node: Node, key: string, words: readonly Word[]): Word | undefined => {
  const value = readText(node, key);
  if (value === undefined) return undefined;
  return words.find((word) => word === value) ?? refuse(key, value, `it has to be ${words.join(' or ')}`);
};

/** @throws an Error that names the context key, the value and what is allowed */
export const refuse = (key: string, value: unknown, rule: string): never => {
  const found = value === undefined ? 'is not given' : `is ${JSON.stringify(value)}`;
  throw new Error(`Context "${key}" ${found}, but ${rule}. Set it in cdk.json or with -c ${key}=...`);
};
