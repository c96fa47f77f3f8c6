import { UsageError } from './command.ts';

/** A whole number that an option was given. @throws UsageError when it is none, or outside of what makes sense */
export function wholeNumber(option: string, text: string, [least, most]: readonly [number, number]): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`--${option} is "${text}", but should be a whole number from ${least} to ${most}.`);
}
