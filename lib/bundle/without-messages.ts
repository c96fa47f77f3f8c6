import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** A throw of oauth4webapi whose first argument is a sentence in English, on one line. */
const THROWN = /\b(OPE|CodedTypeError|new \w+Error)\(\s*(['"`])(?:(?!\2)[^\\\n]|\\.)*\2(?=[,)])/g;
/** A check of it that is told what it checks, for such a sentence. */
const CHECKED = /\b(assert(?:String|Number)\((?:[^\n,]|, true)+, )(['`])"[^\n]*?\2/g;

/**
 * oauth4webapi tells developers in sentences what they did wrong, a seventh of its weight. The page goes by the errors'
 * types and codes, which stay, and says to the visitor what helps in words of its own. Only texts change.
 */
export const withoutMessages: Plugin = {
  name: 'without-messages',
  setup: (build) => {
    build.onLoad({ filter: /\/oauth4webapi\/build\/index\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { contents: source.replaceAll(THROWN, "$1(''").replaceAll(CHECKED, "$1''") };
    });
  },
};
