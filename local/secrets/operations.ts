import { ServiceFault } from '../net/json-service.ts';
import type { Fields } from '../template/fields.ts';
import type { JsonObject } from '../template/json.ts';
import { versionOf, type Secret, type SecretStore } from './store.ts';

type Operation = (secret: Secret, request: Fields, store: SecretStore) => JsonObject;

/** What the local Secrets Manager can do, by the name after `secretsmanager.` in X-Amz-Target. */
export const operations: Partial<Record<string, Operation>> = {
  GetSecretValue: (secret, request) => {
    const id = request.has('VersionId') ? request.text('VersionId') : undefined;
    const stage = request.text('VersionStage', 'AWSCURRENT');
    const version = versionOf(secret, stage, id);
    if (version === undefined) throw noValue(id === undefined ? `staging label: ${stage}` : `VersionId: ${id}`);
    return {
      ...named(secret),
      CreatedDate: version.createdAt,
      SecretString: version.value,
      VersionId: version.id,
      VersionStages: version.stages,
    };
  },
  PutSecretValue: (secret, request, store) => {
    if (!request.has('SecretString')) {
      throw new ServiceFault(
        'InvalidRequestException',
        'You must provide SecretString: the local endpoint keeps text only.',
      );
    }
    const value = request.text('SecretString');
    // The SDK sends one, so that a request that comes twice has its effect once.
    const token = request.has('ClientRequestToken') ? request.text('ClientRequestToken') : undefined;
    const known = secret.versions.find(({ id }) => id === token);
    if (known !== undefined && known.value !== value) throw otherValue(known.id);
    const version = known ?? store.put(secret, value, token);
    return { ...named(secret), VersionId: version.id, VersionStages: version.stages };
  },
  DescribeSecret: (secret) => {
    const stages = secret.versions.map((version): [string, string[]] => [version.id, version.stages]);
    return stages.length === 0 ? named(secret) : { ...named(secret), VersionIdsToStages: Object.fromEntries(stages) };
  },
};

function otherValue(id: string): ServiceFault {
  const message = `You can't use ClientRequestToken ${id} because that value is already in use for a version of this secret.`;
  return new ServiceFault('ResourceExistsException', message);
}

/** In Secrets Manager's words. A secret that the stack made has no value until `setup` gives it one. */
function noValue(version: string): ServiceFault {
  const message = `Secrets Manager can't find the specified secret value for ${version}`;
  return new ServiceFault('ResourceNotFoundException', message);
}

function named(secret: Secret): { ARN: string; Name: string } {
  return { ARN: secret.arn, Name: secret.name };
}
