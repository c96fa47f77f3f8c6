import { nowSeconds } from '../../command-line/clock.ts';
import { ask } from '../ask.ts';
import { broken, ok, warning, type KeysCheck, type Said } from '../finding.ts';
import { stripeTime } from '../time.ts';

/** AWS refuses calls, and we refuse events, that are signed at a time so far from our own, in seconds. */
const REFUSED = 300;
const NOTABLE = 60;

/** This machine's clock against Stripe's and AWS's, and so those two against each other, which is what webhooks need. */
export const clockCheck: KeysCheck = {
  name: 'clocks',
  async look({ stripe, stripeBase, outputs: { webhookUrl } }) {
    const atStripe = (await stripeTime(stripe)) - nowSeconds();
    if (stripeBase !== undefined && Math.abs(atStripe) > REFUSED)
      return ok(`Stripe’s is a simulator’s, ${far(atStripe)}`);
    // No route answers a GET there, but API Gateway says the time with its refusal.
    const atAws = (await ask(webhookUrl)).date - nowSeconds();
    return skew({ Stripe: atStripe, AWS: atAws });
  },
};

function skew(ahead: Readonly<Record<string, number>>): Said {
  const worst = Math.max(...Object.values(ahead).map(Math.abs));
  const says = Object.entries(ahead).map(([whose, seconds]) => `${whose}’s is ${far(seconds)}`);
  const next = 'set this machine’s clock by NTP';
  if (worst >= REFUSED) return broken(`${says.join(', ')}: signatures are refused`, next);
  return worst >= NOTABLE ? warning(says.join(', '), next) : ok(says.join(', '));
}

function far(seconds: number): string {
  if (Math.abs(seconds) < 2) return 'the same';
  return `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} this machine’s`;
}
