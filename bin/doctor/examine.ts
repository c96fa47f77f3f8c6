import Stripe from 'stripe';
import type { PlansFile } from '../../billing/plans.ts';
import { Misshapen, NotConfigured, readKeys } from '../../clients/secrets.ts';
import { connectStripe } from '../../clients/stripe.ts';
import { nextStepAfter, saidBy } from '../command-line/reason.ts';
import type { StackAddress } from '../command-line/stack.ts';
import { pricesCheck, portalCheck, productsCheck } from './checks/catalogue.ts';
import { clockCheck } from './checks/clock.ts';
import { deliveriesCheck } from './checks/deliveries.ts';
import { endpointCheck } from './checks/endpoint.ts';
import { publishableKeyCheck, rightsCheck, secretKeyWorks } from './checks/keys.ts';
import { roundTripCheck } from './checks/round-trip.ts';
import { configCheck, siteCheck } from './checks/site.ts';
import { backupCheck, tableCheck } from './checks/table.ts';
import { broken, notLookedAt, ok, SETUP, type Check, type Finding, type Said } from './finding.ts';

const OF_STACK = [tableCheck, backupCheck];
const OF_KEYS = [publishableKeyCheck, siteCheck, configCheck, roundTripCheck, clockCheck];
const OF_STRIPE = [rightsCheck, endpointCheck, deliveriesCheck, productsCheck, pricesCheck, portalCheck];

export interface Examination {
  /** @throws an Error that says what to run when there is no stack */
  readonly find: () => Promise<StackAddress>;
  readonly plans: PlansFile;
  /** Told of each finding as it is made. */
  readonly found: (finding: Finding) => void;
}

/** Looks at everything that a business needs, and changes nothing. What hangs on something broken is named and left out. */
export async function examine({ find, plans, found }: Examination): Promise<void> {
  const tell = (check: string) => (said: Said) => found({ check, ...said });
  const leaveOut = (checks: readonly { readonly name: string }[], why: string) => {
    for (const { name } of checks) tell(name)(notLookedAt(why));
  };
  const stack = await first('outputs', find, ({ outputs }) => ok(`complete, of ${outputs.siteUrl}`), found);
  if (!stack) return leaveOut([...OF_STACK, { name: 'secret' }, ...OF_KEYS, ...OF_STRIPE], 'the outputs come first');
  await all(OF_STACK, stack, found);

  const read = () => readKeys(stack.secrets, stack.outputs.secretId);
  const keys = await first('secret', read, () => ok('has the shape that setup writes'), found);
  if (!keys) return leaveOut([{ name: 'secret key' }, ...OF_KEYS, ...OF_STRIPE], 'the secret comes first');
  const open = { ...stack, keys, stripe: connectStripe(keys.secretKey, stack.stripeBase) };
  await all(OF_KEYS, open, found);

  const works = await first(
    'secret key',
    () => secretKeyWorks(open),
    (said) => said,
    found,
  );
  if (!works) return leaveOut(OF_STRIPE, 'the secret key comes first');
  await all(OF_STRIPE, { ...open, plans }, found);
}

/** What others hang on. @returns undefined when it is broken */
async function first<T>(
  check: string,
  get: () => Promise<T>,
  say: (got: T) => Said,
  found: Examination['found'],
): Promise<T | undefined> {
  try {
    const got = await get();
    found({ check, ...say(got) });
    return got;
  } catch (error) {
    found({ check, ...failed(error) });
    return undefined;
  }
}

async function all<P>(checks: readonly Check<P>[], parts: P, found: Examination['found']): Promise<void> {
  for (const check of checks) {
    const said = await check.look(parts).catch((error: unknown) => failed(error));
    for (const each of [said].flat()) found({ check: check.name, ...each });
  }
}

function failed(error: unknown): Said {
  if (error instanceof Stripe.errors.StripePermissionError) return notLookedAt('the key may not look; see "rights"');
  if (error instanceof NotConfigured || error instanceof Misshapen) return broken(error.message, SETUP);
  const [says = '', ...more] = saidBy(error).split('\n');
  return broken(says, nextStepAfter(error) ?? (more.join(' ') || 'look at what it says, then start this again'));
}
