/**
 * Puts this thread's `Date` ahead by as many seconds as `ahead` says at each moment. Only what asks for the time of day is
 * told another: timers, and how long something takes, are as they were.
 */
export function shiftDate(ahead: Int32Array): void {
  const MachineDate = Date;
  const now = (): number => MachineDate.now() + Atomics.load(ahead, 0) * 1000;
  globalThis.Date = new Proxy(MachineDate, {
    apply: () => new MachineDate(now()).toString(),
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
}
