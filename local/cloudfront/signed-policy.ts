import { BlockList } from 'node:net';
import { isObject, type Json } from '../template/json.ts';

/** What a signed policy allows: which addresses, when, and to whom. */
export interface Policy {
  /** `*` is any text, `?` any one character. */
  readonly resource: string;
  /** Seconds since 1970, as the next. */
  readonly before: number;
  readonly after: number;
  /** Addresses in CIDR notation; undefined for everybody. */
  readonly sourceIp: string | undefined;
}

/** Undefined when it is none: exactly one statement, with an end. */
export function parsePolicy(text: string): Policy | undefined {
  const { Statement: statements } = objectIn(text);
  const [statement, ...others] = Array.isArray(statements) ? statements : [];
  if (!isObject(statement) || others.length > 0) return undefined;
  const { Resource: resource, Condition: condition } = statement;
  if (typeof resource !== 'string' || !isObject(condition)) return undefined;
  const before = inside(condition['DateLessThan'], 'AWS:EpochTime');
  const after = inside(condition['DateGreaterThan'], 'AWS:EpochTime') ?? 0;
  const sourceIp = inside(condition['IpAddress'], 'AWS:SourceIp');
  if (typeof before !== 'number' || typeof after !== 'number') return undefined;
  return sourceIp === undefined || typeof sourceIp === 'string' ? { resource, before, after, sourceIp } : undefined;
}

export interface Asked {
  readonly address: string;
  readonly viewerIp: string;
  /** Seconds since 1970. */
  readonly now: number;
}

export function allows(policy: Policy, { address, viewerIp, now }: Asked): boolean {
  const { resource, before, after, sourceIp } = policy;
  return matches(resource, address) && now < before && now >= after && isAmong(sourceIp, viewerIp);
}

function matches(resource: string, address: string): boolean {
  const source = resource
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(address);
}

function isAmong(range: string | undefined, ip: string): boolean {
  if (range === undefined) return true;
  const [, network = '', bits = '32'] = /^(\d+(?:\.\d+){3})(?:\/(\d+))?$/.exec(range) ?? [];
  const list = new BlockList();
  try {
    list.addSubnet(network, Number(bits), 'ipv4');
  } catch {
    return false;
  }
  return list.check(ip, 'ipv4');
}

const inside = (value: Json | undefined, name: string): Json | undefined => (isObject(value) ? value[name] : undefined);

function objectIn(text: string): Readonly<Record<string, Json>> {
  try {
    const value: Json = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
