import { openCheckout, submit } from '../../world.ts';
import { DAY, pass, type Visit } from './visit.ts';

/** Payments by bank account: one that arrives after days, and one that does not. */
export async function delayed(visit: Visit): Promise<void> {
  for (const account of ['000123456789', '000111111116']) {
    const { url } = await openCheckout(visit.world, {
      price: visit.catalogue.proMonthly.id,
      session: { allowed_payment_method_types: ['card', 'us_bank_account'] },
    });
    await submit(url, { by: 'account', account });
  }
  await pass(visit, 5 * DAY);
  const price = visit.catalogue.proMonthly.id;
  await openCheckout(visit.world, { price, session: { excluded_payment_method_types: ['us_bank_account'] } });
}
