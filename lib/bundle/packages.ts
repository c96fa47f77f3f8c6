import type { Metafile } from 'esbuild';

/**
 * The packages whose code ships: into the functions, and to the browser. Each is a decision, because whoever publishes one of
 * them can read every key and every customer. The build fails on another.
 */
export const SHIPPED: readonly string[] = [
  'stripe',
  'oauth4webapi',
  ...['client-dynamodb', 'client-eventbridge', 'client-secrets-manager', 'lib-dynamodb', 'util-dynamodb'].map(ofAws),
  // What those clients are made of.
  ...['core', 'credential-provider-env', 'dynamodb-codec', 'endpoint-cache'].map(ofAws),
  ...['middleware-endpoint-discovery', 'signature-v4-multi-region'].map(ofAws),
  ...['core', 'node-http-handler', 'signature-v4', 'types'].map((name) => `@smithy/${name}`),
  '@aws/lambda-invoke-store',
  'mnemonist',
  'obliterator',
];

function ofAws(name: string): string {
  return `@aws-sdk/${name}`;
}

/** The packages of which at least a byte is in the output. @throws Error when one of them may not ship */
export const shippedIn = (what: string, { outputs }: Metafile): string[] => {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const packages = inputs.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? packageOf(path) : []));
  const unknown = new Set(packages.filter((name) => !SHIPPED.includes(name)));
  if (unknown.size === 0) return packages;
  throw new Error(
    `${what} would ship ${[...unknown].join(', ')}, and nobody has decided on that. If it is meant, add it to lib/bundle/packages.ts.`,
  );
};

/** The package within the last `node_modules`: one that another brought along counts as itself. */
const packageOf = (path: string): string[] => {
  const [, name] = /.*\bnode_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  return name === undefined ? [] : [name];
};
