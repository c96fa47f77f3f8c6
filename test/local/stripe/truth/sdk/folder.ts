import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The SDK's own folder of ES modules: `.d.ts` files say what goes over the wire, the `.js` beside them say where to. */
export const SDK_FOLDER = join(dirname(createRequire(import.meta.url).resolve('stripe')), '../esm');
