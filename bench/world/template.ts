import { makeApp } from '../../lib/app.ts';
import type { Build } from '../../lib/bundle/bundle.ts';
import type { FunctionName } from '../../lib/routes.ts';
import { isObject } from '../../local/template/json.ts';

/** @returns by function, the megabytes of memory that the template gives it. @throws Error for one that is not in it */
export function templateMemory(build: Build): (name: FunctionName) => number {
  const [stack] = makeApp(build, { check: false }).synth().stacks;
  const template: unknown = stack?.template;
  const resources = isObject(template) && isObject(template['Resources']) ? Object.values(template['Resources']) : [];
  const sizes = new Map(
    resources.flatMap((resource) => {
      const properties = isObject(resource) ? resource['Properties'] : undefined;
      return isObject(properties) ? [[properties['Description'], properties['MemorySize']] as const] : [];
    }),
  );
  return (name) => {
    const size = sizes.get(`functions/${name}.ts`);
    if (typeof size !== 'number') throw new Error(`The template gives ${name} no memory.`);
    return size;
  };
}
