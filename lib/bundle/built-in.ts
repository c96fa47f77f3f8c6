import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * Takes Node's own modules by `process.getBuiltinModule`. An `import` of one evaluates all that it would otherwise load when it
 * is used, because each export of an ES module has a value: of `node:http` the whole of fetch and WebSocket, of `node:crypto`
 * the Web Crypto API, of `node:process` the standard streams.
 *
 * @see https://nodejs.org/api/process.html#processgetbuiltinmoduleid since Node 20.16 and 22.3
 */
export const builtInModules: Plugin = {
  name: 'built-in-modules',
  setup(build) {
    build.onResolve({ filter: /^(node:)?[a-z0-9_/]+$/ }, ({ path, kind }) => {
      const name = path.replace(/^node:/, '');
      // What is imported at need stays so.
      if (kind === 'dynamic-import') return undefined;
      return builtinModules.includes(name) ? { path: name, namespace: 'built-in', sideEffects: false } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: 'built-in' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}')`,
    }));
  },
};
