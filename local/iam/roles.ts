import { createHash } from 'node:crypto';
import type { JsonObject } from '../template/json.ts';

export interface Role {
  arn: string;
  name: string;
  trust: JsonObject;
  /** Policy documents by name: inline ones and those of AWS::IAM::Policy. */
  policies: Map<string, JsonObject>;
}

/** Who signed a request: a function's role session, or the operator of this machine, who may do everything. */
export type Caller = { kind: 'operator' } | { kind: 'role'; role: Role; session: string };

export interface Credentials {
  AWS_ACCESS_KEY_ID: string;
  AWS_SECRET_ACCESS_KEY: string;
  AWS_SESSION_TOKEN: string;
}

export interface Roles {
  add(role: Role): void;
  byArn(arn: string): Role | undefined;
  byName(name: string): Role | undefined;
  /** Credentials that say which role, under which session name, signs with them. */
  assume(role: Role, session: string): Credentials;
  caller(accessKeyId: string): Caller | undefined;
}

/** The access key id that people and the operator's CLI use against the local endpoints. */
const operatorKey = 'operator';

export function roles(): Roles {
  const known = new Map<string, Role>();
  const callers = new Map<string, Caller>([[operatorKey, { kind: 'operator' }]]);
  return {
    add: (role) => {
      known.set(role.arn, role);
    },
    byArn: (arn) => known.get(arn),
    byName: (name) => [...known.values()].find((role) => role.name === name),
    assume: (role, session) => {
      const digest = createHash('sha256').update(`${role.arn}/${session}`).digest('hex');
      const key = `ASIA${digest.slice(0, 16).toUpperCase()}`;
      callers.set(key, { kind: 'role', role, session });
      return { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: 'local', AWS_SESSION_TOKEN: 'local' };
    },
    caller: (accessKeyId) => callers.get(accessKeyId),
  };
}

/** `arn:aws:sts::<account>:assumed-role/<role>/<session>`: how AWS names the caller in its refusals. */
export function sessionArn(role: Role, session: string): string {
  return `${role.arn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${session}`;
}
