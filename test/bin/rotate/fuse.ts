/** When the power goes: at which call, counted from 0, and whether that call still had its effect. */
export interface Blow {
  readonly at: number;
  readonly after: boolean;
}

export class PowerCut extends Error {}

/** Counts calls, and ends all at one of them. What only looks has no effect that it could still have. */
export function createFuse(blow: Blow | undefined) {
  let calls = 0;
  return <T>(call: () => T, looks: boolean): T | Promise<T> => {
    const now = calls++ === blow?.at;
    if (!now) return call();
    if (looks || !blow.after) throw new PowerCut();
    return Promise.resolve(call()).then(() => {
      throw new PowerCut();
    });
  };
}

/** The same object, whose methods of these names go through the fuse; a name with a dot is of an object inside. */
export function fused<T extends object>(target: T, names: readonly string[], fuse: ReturnType<typeof createFuse>): T {
  return new Proxy(target, {
    get(of, name) {
      const value: unknown = Reflect.get(of, name);
      const inside = names.flatMap((each) => (each.startsWith(`${String(name)}.`) ? [each.split('.')[1] ?? ''] : []));
      if (typeof value === 'object' && value !== null && inside.length > 0) return fused(value, inside, fuse);
      if (typeof value !== 'function') return value;
      const method = (...args: unknown[]): unknown => Reflect.apply(value, of, args);
      return names.includes(String(name))
        ? (...args: unknown[]) => fuse(() => method(...args), name === 'list')
        : method;
    },
  });
}
