import type { Decide, Decision } from './decide.ts';
import { sessionArn, type Roles } from './roles.ts';

/** A refusal in AWS's words; `type` is the error's code in the JSON protocols. */
export interface Refusal {
  type: string;
  message: string;
}

/** One thing that a request does: an action on a resource. */
export interface Access {
  action: string;
  resource: string;
}

export type Guard = (authorization: string | undefined, accesses: Access[]) => Promise<Refusal | undefined>;

/**
 * Checks each AWS call against the policies of the role that made it, so that a missing grant fails here, before AWS.
 * The caller is who the SigV4 `Authorization` header names; the signature itself is not checked, on loopback it would
 * only tell the machine's user from the machine's user.
 */
export function guard(roles: Roles, decide: Decide, log: (line: string) => void): Guard {
  return async (authorization, accesses) => {
    const caller = roles.caller(accessKeyId(authorization));
    if (caller === undefined) return unknownKey;
    if (caller.kind === 'operator') return undefined;
    for (const { action, resource } of accesses) {
      const decision = await decide(caller.role, caller.session, action, resource);
      if (decision.kind === 'allowed') continue;
      const message = `User: ${sessionArn(caller.role, caller.session)} ${refusal(action, resource, decision)}`;
      log(`[iam] ${message}`);
      return { type: 'AccessDeniedException', message };
    }
    return undefined;
  };
}

const unknownKey: Refusal = {
  type: 'UnrecognizedClientException',
  message: 'The security token included in the request is invalid.',
};

function accessKeyId(authorization: string | undefined): string {
  return /Credential=([^/,\s]+)\//.exec(authorization ?? '')?.[1] ?? '';
}

function refusal(action: string, resource: string, decision: Decision): string {
  const what = `is not authorized to perform: ${action} on resource: ${resource}`;
  if (decision.kind === 'unknown') return `${what}: the evaluator of IAM's rules says ${decision.reason}`;
  if (decision.kind === 'denied') return `${what} with an explicit deny in an identity-based policy`;
  return `${what} because no identity-based policy allows the ${action} action`;
}
