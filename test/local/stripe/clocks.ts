import { createServer } from 'node:http';
import { close, listen } from '../../../local/stripe/wire/listener.ts';
import { until, type World } from './world.ts';

export const clockAt = ({ stripe }: World, frozen_time: number, name = 'a clock') =>
  stripe.testHelpers.testClocks.create({ frozen_time, name });

/** Somebody who lives by a clock and pays each month by a card. */
export async function subscriberOn({ stripe }: World, { clock, price }: { clock: string; price: string }) {
  const customer = await stripe.customers.create({
    test_clock: clock,
    email: 'ada@example.com',
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  });
  const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price }] });
  return { customer, subscription };
}

/** Advances a clock, and waits until it is there. */
export async function advanceClock({ stripe }: World, id: string, frozen_time: number): Promise<void> {
  const { testClocks } = stripe.testHelpers;
  await testClocks.advance(id, { frozen_time });
  await until(async () => (await testClocks.retrieve(id)).status === 'ready');
}

/** A webhook endpoint that answers nothing until it is told to. */
export async function patientReceiver() {
  const waiting: (() => void)[] = [];
  let told = false;
  const server = createServer((_, response) => {
    if (told) response.end();
    else waiting.push(() => response.end());
  });
  const port = await listen(server, 0);
  // A test that fails before it stops this one is not to keep the others waiting.
  server.unref();
  return {
    url: `http://127.0.0.1:${port}`,
    answer: (): void => {
      told = true;
      for (const answer of waiting) answer();
    },
    stop: () => close(server),
  };
}
