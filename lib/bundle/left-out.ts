import type { Plugin } from 'esbuild';

/** Code that stands in the place of a package's module. */
interface Instead {
  /** Of what is imported, as the import spells it. */
  readonly module: RegExp;
  readonly code: string;
}

/**
 * What the AWS SDK brings along for places that are not Lambda. There the credentials are in the environment, where the SDK looks
 * first anyway; its other places are clients of a dozen packages. There are no files in `~/.aws`. None of our calls
 * streams events, and nobody's browser is to be named.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
const INSTEAD: readonly Instead[] = [
  {
    module: /^@aws-sdk\/credential-provider-node$/,
    code: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
  },
  {
    module: /\/shared-ini-file-loader\/loadSharedConfigFiles$/,
    code: `export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
  },
  {
    module: /^@smithy\/core\/event-streams$/,
    code: `throw new Error('lib/bundle/left-out.ts leaves event streams out of the functions.');`,
  },
  {
    module: /^bowser$/,
    code: `throw new Error('lib/bundle/left-out.ts leaves bowser out of the functions.');`,
  },
];

export const leftOut: Plugin = {
  name: 'left-out',
  setup(build) {
    INSTEAD.forEach(({ module, code }, index) => {
      const namespace = `left-out-${index}`;
      build.onResolve({ filter: module }, ({ path, resolveDir }) => ({ path, namespace, pluginData: resolveDir }));
      build.onLoad({ filter: module, namespace }, ({ pluginData: resolveDir }) => ({ contents: code, resolveDir }));
    });
  },
};
