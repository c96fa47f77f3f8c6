/** A setting of this function. A missing one is a fault of the stack, so the function refuses to start. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is missing; lib/ sets it.`);
  return value;
}

export function numberSetting(name: string): number {
  const value = Number(setting(name));
  if (!Number.isFinite(value)) throw new Error(`The environment variable ${name} is not a number.`);
  return value;
}

/** Access, trials and sessions are measured in whole seconds, as Stripe does. */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
