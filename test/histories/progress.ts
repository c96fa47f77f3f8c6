const EVERY_MS = 2000;

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, '0')} s`;

/** Says now and then how far it is, how fast, and how long it will take: in one line on a terminal, else a line a minute. */
export function createProgress(count: number, out: NodeJS.WriteStream, now = () => performance.now()) {
  const began = now();
  const every = out.isTTY ? EVERY_MS : 30 * EVERY_MS;
  let said = began;
  const line = (done: number, different: number): string => {
    const seconds = (now() - began) / 1000;
    const rate = done / seconds;
    const left = clock((count - done) / rate);
    return `${done} of ${count}, ${different} different, ${rate.toFixed(1)} a second, ${left} left`;
  };
  return {
    tell(done: number, different: number): void {
      if (now() - said < every || done === 0) return;
      said = now();
      out.write(out.isTTY ? `\r\u001B[K${line(done, different)}` : `${line(done, different)}\n`);
    },
    end(): void {
      if (out.isTTY) out.write('\r\u001B[K');
    },
  };
}
