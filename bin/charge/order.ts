import type { ChargeRun } from '../../billing/charge.ts';
import { checkedRun, ChargeRunError } from '../../billing/charge-run.ts';
import { UsageError } from '../command-line/command.ts';

/** What was typed, as far as it describes a run. */
export interface Typed {
  readonly id?: string | undefined;
  readonly amount?: string | undefined;
  readonly currency?: string | undefined;
  readonly description?: string | undefined;
  readonly on?: string | undefined;
  readonly now?: boolean | undefined;
}

/**
 * The run that was described, or only the name of one that is there already.
 *
 * @param today in UTC, `2026-12-01`
 * @throws UsageError saying what is missing or wrong
 */
export function orderIn(typed: Typed, today: string): ChargeRun | { readonly id: string } {
  const { id, amount, currency, description, now } = typed;
  if (id === undefined) throw new UsageError('Name the charge: --id 2026-12-fee.');
  if (now === true && typed.on !== undefined) throw new UsageError('Give either --on or --now.');
  const on = now === true ? today : typed.on;
  const described = [amount, currency, description, on].filter((part) => part !== undefined).length;
  if (described === 0) return { id };
  if (amount === undefined || currency === undefined || description === undefined || on === undefined)
    throw new UsageError('A charge wants all of --amount, --currency, --description, and --on or --now.');
  return checked({ id, amount: /^\d+$/.test(amount) ? Number(amount) : NaN, currency, description, on });
}

function checked(run: ChargeRun): ChargeRun {
  try {
    return checkedRun(run);
  } catch (error) {
    if (!(error instanceof ChargeRunError)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
}
