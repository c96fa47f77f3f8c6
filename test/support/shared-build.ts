import { join } from 'node:path';
import { builtIn, bundle, type Build } from '../../lib/bundle/bundle.ts';
import { onceARun } from './once.ts';

const root = join(import.meta.dirname, '../..');

/** What the stack ships: the same sources give the same bytes. */
export const sharedBuild = async (): Promise<Build> =>
  builtIn(await onceARun('build', (out) => bundle({ root, page: join(root, 'static-site'), out })));

/** The cloud assembly of that, with these settings, as npm start makes it. */
export const sharedAssembly = (context: Readonly<Record<string, string>> = {}): Promise<string> =>
  onceARun(['assembly', ...Object.entries(context).flat()].join('-'), async (outdir) => {
    // The CDK takes longer to load than all else.
    const { makeApp } = await import('../../lib/app.ts');
    makeApp(await sharedBuild(), { outdir, context, check: false }).synth();
  });
