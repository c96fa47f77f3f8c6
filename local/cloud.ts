import type { StackOptions } from './options.ts';
import type { ServiceUrls } from './services.ts';
import { startStack, type RunningStack } from './stack.ts';

export interface LocalCloud {
  endpoints: ServiceUrls & { site: string; api: string; issuer: string };
  /** The stack's outputs, resolved. */
  outputs: Record<string, string>;
  stackName: string;
  dump: RunningStack['dump'];
  restore: RunningStack['restore'];
  stop: () => Promise<void>;
}

export type CloudOptions = Omit<StackOptions, 'timer'>;

/**
 * Runs the synthesized stack on 127.0.0.1: the site on `port`, everything else on free ones.
 * @throws TemplateError naming what of the template is not known here; Error when the port is taken
 */
export async function startCloud(options: CloudOptions): Promise<LocalCloud> {
  const { sites, apis, issuers, dynamodb, secrets, eventbridge, lambda, ...stack } = await startStack(options);
  try {
    const site = theOne(sites, 'AWS::CloudFront::Distribution');
    const api = theOne(apis, 'AWS::ApiGatewayV2::Api');
    const issuer = theOne([...new Set(issuers)], 'AWS::ApiGatewayV2::Authorizer');
    const { outputs, stackName, dump, restore, stop } = stack;
    return {
      endpoints: { site, api, dynamodb, secrets, eventbridge, lambda, issuer },
      outputs,
      stackName,
      dump,
      restore,
      stop,
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

function theOne(found: string[], type: string): string {
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return first;
  throw new Error(`The template has ${found.length} of ${type}; the local cloud wants one. Mend lib/.`);
}
