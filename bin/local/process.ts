/** What somebody should know who did not ask for the log: refused permissions, functions that failed, faults of the parts. */
export function isFault(line: string): boolean {
  return /^\[(iam|lambda|cloudfront|cognito)\]|^\[stripe-cli\] ended|"level":"ERROR"/.test(line);
}

/** A port from the environment. @throws an Error that names the variable and says what it takes */
export function portFrom(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const text = env[name];
  const port = Number(text ?? otherwise);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Error(`${name} is "${text}", but should be a port's number, for example ${name}=${otherwise + 1}.`);
}

/** Ctrl-C ends everything; a second one does not wait for it. */
export function stopOnSignal(parts: { stop(): Promise<void> }): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(130);
    stopping = true;
    process.stdout.write('\nStopping...\n');
    parts.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

export function fail(error: unknown): void {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
