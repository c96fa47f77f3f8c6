import type { Credentials } from '../iam/roles.ts';
import { TemplateError } from '../template/json.ts';

export interface RuntimeSettings {
  name: string;
  memoryMb: number;
  logGroup: string;
  region: string;
  handler: string;
  credentials: Credentials;
}

/**
 * All that a function finds in process.env: what its template declares, and what Lambda's runtime adds. `added` is what
 * the local cloud adds as Lambda adds its own, such as the endpoints.
 */
export function runtimeEnvironment(
  settings: RuntimeSettings,
  { declared, added }: { declared: Record<string, string>; added: Readonly<Record<string, string>> },
  place: string,
): Record<string, string> {
  const reserved: Record<string, string> = { ...ofLambda(settings), ...settings.credentials };
  const taken = Object.keys(declared).filter((name) => name in reserved);
  if (taken.length > 0) {
    const problem = `declares ${taken.join(', ')}, which Lambda reserves for itself.`;
    throw new TemplateError(place, problem, 'Choose other names: Lambda refuses to create such a function.');
  }
  return { ...ofTheMachine, ...reserved, ...added, ...declared };
}

function ofLambda({ name, memoryMb, logGroup, region, handler }: RuntimeSettings): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: `local/${name}`,
    _HANDLER: handler,
  };
}

/** There are no such files in Lambda: a developer's own AWS settings must not reach a function here either. */
const ofTheMachine = {
  AWS_CONFIG_FILE: '/var/task/.aws/config',
  AWS_SHARED_CREDENTIALS_FILE: '/var/task/.aws/credentials',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  LANG: 'en_US.UTF-8',
  TZ: 'UTC',
};
