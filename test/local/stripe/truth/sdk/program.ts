import ts from '@typescript/typescript6';
import { join } from 'node:path';
import { SDK_FOLDER } from './folder.ts';

/** Opens the pinned SDK's type files. Takes about two seconds. */
export function openSdk() {
  const root = join(SDK_FOLDER, 'stripe.esm.node.d.ts');
  const program = ts.createProgram({
    rootNames: [root],
    options: {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      // Nothing of Node is needed: what the SDK says of it is not on the wire.
      types: [],
      lib: ['lib.es2018.d.ts'],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
    },
  });
  return { program, checker: program.getTypeChecker() };
}

export type Sdk = ReturnType<typeof openSdk>;

/** What a module of the SDK exports under a name. @param file relative to the SDK's folder, e.g. `resources/Events.d.ts` */
export function exportedType({ program, checker }: Sdk, file: string, name: string): ts.Type {
  const source = program.getSourceFile(join(SDK_FOLDER, file));
  const module = source && checker.getSymbolAtLocation(source);
  const symbol = module && checker.getExportsOfModule(module).find((one) => one.name === name);
  if (symbol === undefined) throw new Error(`the SDK's ${file} exports no ${name}`);
  return checker.getDeclaredTypeOfSymbol(symbol);
}
