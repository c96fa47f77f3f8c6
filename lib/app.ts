/* oxlint-disable no-new -- a construct adds itself to its scope */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { type Build, bundle } from './bundle/bundle.ts';
import { failOnFindings } from './checks.ts';
import { readSettings } from './settings.ts';
import { SubscriptionsStack } from './subscriptions-stack.ts';

export interface MakeAppProps {
  /** Where the cloud assembly goes. @default - where the CDK's command line says, else a temporary folder */
  readonly outdir?: string;
  /** Adds to the context of cdk.json, and wins over it. @default - none */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Whether a finding fails the synthesis; the validator takes two seconds. @default true */
  readonly check?: boolean;
}

export interface BuildAppProps extends MakeAppProps {
  /** Where the bundles and the page go. @default - build/ in the repository */
  readonly build?: string;
  /** The page's sources. @default - static-site/ in the repository */
  readonly page?: string;
}

/** The repository's folder. */
const ROOT = join(import.meta.dirname, '..');

/**
 * Bundles, and makes the CDK app. `(await buildApp()).synth()` is then the whole synthesis, findings included: on one it
 * prints the report and throws. Rejects when a bundle fails or a setting is wrong.
 */
export const buildApp = async (props: BuildAppProps = {}): Promise<App> => {
  const page = props.page ?? join(ROOT, 'static-site');
  const build = await bundle({ root: ROOT, page, out: props.build ?? join(ROOT, 'build') });
  return makeApp(build, props);
};

/** The CDK app around what is built already. Throws when a setting is wrong. */
export const makeApp = (build: Build, props: MakeAppProps = {}): App => {
  const app = new App({
    ...(props.outdir === undefined ? {} : { outdir: props.outdir }),
    context: { ...projectContext(), ...props.context },
    builtinCloudFormationValidation: false,
  });
  const settings = readSettings(app.node);
  const name = settings.stage === undefined ? 'Subscriptions' : `Subscriptions-${settings.stage}`;
  // No AWS::CDK::Metadata: the template holds what runs, and nothing that the local cloud would have to look away from.
  new SubscriptionsStack(app, name, { settings, build, analyticsReporting: false });
  if (props.check ?? true) failOnFindings(app);
  return app;
};

/** The command line hands cdk.json's context over by itself; a test or the local cloud starts without it. */
const projectContext = (): Record<string, unknown> => {
  const project: unknown = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'));
  const context = isRecord(project) ? project['context'] : undefined;
  if (!isRecord(context)) throw new Error('cdk.json has no "context".');
  return context;
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
