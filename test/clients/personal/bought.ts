import { expect } from '@jest/globals';
import { METADATA } from '../../../billing/metadata.ts';
import { idOf } from '../../../billing/subscription.ts';
import { erase, type ErasureParts } from '../../../clients/personal/erase.ts';
import { customerRecords } from '../../../clients/records/customers.ts';
import { payWith } from '../../functions/world.ts';
import { DAY } from '../../support/subscription.ts';
import type { Account } from '../reconcile/account.ts';

export const NOW = 1_800_014_400;

/** What may be left of a subscription: a marker, which says nothing and goes by itself. */
export const MARKER = {
  pk: expect.any(String),
  sk: expect.stringMatching(/^subscription#sub_\w+$/),
  erased: true,
  asOf: { from: Number.MAX_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER },
  version: expect.any(Number),
  expiresAt: NOW + 31 * DAY,
};

/** A user with a subscription that was made through the API: quicker than by a checkout. */
export async function bySubscribing(account: Account, userId: string): Promise<{ customerId: string }> {
  const { customer } = await account.subscribe(userId);
  return { customerId: idOf(customer) };
}

/** A user who has bought at Checkout, and has another checkout open. */
export async function bought({ stripe, store }: Account, userId: string): Promise<{ customerId: string }> {
  const metadata = { [METADATA.userId]: userId };
  const email = `${userId}@example.com`;
  const { id: customer } = await stripe.customers.create({ email, metadata });
  await customerRecords(store).add(userId, { customerId: customer, email });
  const { data: prices } = await stripe.prices.list();
  const session = {
    mode: 'subscription' as const,
    customer,
    client_reference_id: userId,
    metadata,
    line_items: [{ price: prices[0]?.id ?? '', quantity: 1 }],
    subscription_data: { metadata },
    success_url: 'https://site.example/success',
  };
  const { url } = await stripe.checkout.sessions.create(session);
  await payWith(url ?? '', '4242424242424242');
  await stripe.checkout.sessions.create(session);
  return { customerId: customer };
}

/** Erases through the counters, where calls can be broken. */
export const eraseFrom = (account: Account, userId: string, wanted: Partial<ErasureParts> = {}) => {
  const { stripe, table } = account.parts();
  return erase({ stripe, table, now: () => NOW, ...wanted }, userId);
};
