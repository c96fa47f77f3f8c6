import type { Guard } from '../iam/guard.ts';
import { ServiceFault, startJsonService } from '../net/json-service.ts';
import type { Listening } from '../net/server.ts';
import { operations } from './operations.ts';
import type { SecretStore } from './store.ts';

/** A secret is at most 64 KiB; this is that with room for the request around it. */
const bodyLimit = 256 * 1024;

/** Secrets Manager over the store, each call checked by the guard first. */
export function startSecrets(store: SecretStore, guard: Guard): Promise<Listening> {
  return startJsonService(bodyLimit, async ({ operation: name, body, authorization }) => {
    const operation = operations[name];
    if (operation === undefined) {
      throw new ServiceFault(
        'UnknownOperationException',
        `${name} is not known here; add it to local/secrets/operations.ts.`,
      );
    }
    const secretId = body.text('SecretId');
    const secret = store.find(secretId);
    const access = { action: `secretsmanager:${name}`, resource: secret?.arn ?? secretId };
    const refusal = await guard(authorization, [access]);
    if (refusal !== undefined) throw new ServiceFault(refusal.type, refusal.message);
    if (secret === undefined) {
      throw new ServiceFault('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    return operation(secret, body, store);
  });
}
