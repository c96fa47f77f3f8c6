import ts from '@typescript/typescript6';
import { readFileSync } from 'node:fs';
import { SDK_FOLDER } from './folder.ts';
import { exportedType, type Sdk } from './program.ts';

export interface Operation {
  /** As a call of the SDK: `SubscriptionResource.update`. */
  readonly name: string;
  readonly method: string;
  /** With `:id` for each id: `/v1/subscriptions/:id`. */
  readonly path: string;
  readonly params: ts.Type | null;
  readonly answer: ts.Type;
}

const METHOD = /^ {4}(\w+)\([^)]*\) \{$/;
const REQUEST = /_makeRequest\('(GET|POST|DELETE)', (['`])(\/v1\/[^'`]+)\2/;

/** Where each method of a resource's class sends its call: read from the SDK's JavaScript, for its types do not say. */
function targetsIn(javascript: string): Map<string, { method: string; path: string }> {
  const targets = new Map<string, { method: string; path: string }>();
  let current = '';
  for (const line of javascript.split('\n')) {
    current = METHOD.exec(line)?.[1] ?? current;
    const [, method, , path] = REQUEST.exec(line) ?? [];
    if (method && path) targets.set(current, { method, path: path.replaceAll(/\$\{[^}]*\}/g, ':id') });
  }
  return targets;
}

function paramsOf({ checker }: Sdk, signature: ts.Signature): ts.Type | null {
  const symbol = signature.getParameters().find(({ name }) => name === 'params');
  const type = symbol && checker.getTypeOfSymbol(symbol);
  return type === undefined ? null : checker.getNonNullableType(type);
}

function operationsOf(sdk: Sdk, declaration: ts.ClassDeclaration): Operation[] {
  const file = declaration.getSourceFile().fileName;
  const targets = targetsIn(readFileSync(file.replace(/\.d\.ts$/, '.js'), 'utf8'));
  return declaration.members.filter(ts.isMethodDeclaration).flatMap((member) => {
    const name = member.name.getText();
    const target = targets.get(name);
    const signature = sdk.checker.getSignatureFromDeclaration(member);
    const answer = signature && sdk.checker.getAwaitedType(signature.getReturnType());
    if (!target || !signature || !answer) return [];
    const owner = declaration.name?.text ?? '';
    return [{ name: `${owner}.${name}`, ...target, params: paramsOf(sdk, signature), answer }];
  });
}

/** Every call of Stripe's API (v1) that the SDK can make. */
export function operationsIn(sdk: Sdk): Operation[] {
  const files = sdk.program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(`${SDK_FOLDER}/resources/`));
  const classes = files.flatMap((file) => file.statements.filter(ts.isClassDeclaration));
  return classes.flatMap((declaration) => operationsOf(sdk, declaration));
}

/** Each type of event, with what its payload is. */
export function eventsIn(sdk: Sdk): { name: string; type: ts.Type }[] {
  const union = exportedType(sdk, 'resources/Events.d.ts', 'Event');
  const members = union.isUnion() ? union.types : [];
  return members.flatMap((type) => {
    const field = type.getProperty('type');
    const literal = field && sdk.checker.getTypeOfSymbol(field);
    return literal?.isStringLiteral() ? [{ name: literal.value, type }] : [];
  });
}
