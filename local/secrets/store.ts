import { randomUUID } from 'node:crypto';

export interface Secret {
  arn: string;
  name: string;
  versions: Version[];
}

interface Version {
  id: string;
  value: string;
  /** Seconds since 1970. */
  createdAt: number;
  stages: string[];
}

export interface SecretStore {
  /** Without a value, unless it had one in an earlier life. */
  create(name: string, arn: string): Secret;
  /** By ARN or by name, as Secrets Manager's SecretId. */
  find(secretId: string): Secret | undefined;
  /** The new version is AWSCURRENT, and the one before it AWSPREVIOUS. @param id the version's. @default - a new one */
  put(secret: Secret, value: string, id?: string): Version;
  /** The current values by secret name, of those that have one. */
  dump(): Record<string, string>;
}

/** @param earlier current values by the secret's name, of an earlier life. @default - there was none */
export function secretStore(earlier: Readonly<Record<string, string>> = {}): SecretStore {
  const secrets: Secret[] = [];
  return {
    create: (name, arn) => {
      const value = earlier[name];
      const secret: Secret = { arn, name, versions: value === undefined ? [] : [newVersion(value)] };
      secrets.push(secret);
      return secret;
    },
    find: (secretId) => secrets.find((secret) => secret.arn === secretId || secret.name === secretId),
    dump: () =>
      Object.fromEntries(
        secrets.flatMap((secret) => {
          const current = versionOf(secret, 'AWSCURRENT', undefined);
          return current === undefined ? [] : [[secret.name, current.value]];
        }),
      ),
    put: (secret, value, id) => {
      for (const version of secret.versions)
        version.stages = version.stages.includes('AWSCURRENT') ? ['AWSPREVIOUS'] : [];
      const version = newVersion(value, id);
      secret.versions = [...secret.versions.filter(({ stages }) => stages.length > 0), version];
      return version;
    },
  };
}

function newVersion(value: string, id: string = randomUUID()): Version {
  return { id, value, createdAt: Date.now() / 1000, stages: ['AWSCURRENT'] };
}

export function versionOf(secret: Secret, stage: string, id: string | undefined): Version | undefined {
  return secret.versions.find((version) => (id === undefined ? version.stages.includes(stage) : version.id === id));
}
