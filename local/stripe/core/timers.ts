/** Things to be done later, all of which can be called off at once. They do not keep a process alive. */
export function createTimers() {
  const timers = new Set<NodeJS.Timeout>();
  return {
    later(milliseconds: number, action: () => void): void {
      const timer = setTimeout(() => {
        timers.delete(timer);
        action();
      }, milliseconds);
      timer.unref();
      timers.add(timer);
    },
    stop(): void {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
