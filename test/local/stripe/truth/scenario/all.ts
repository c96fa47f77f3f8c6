import { account } from './account.ts';
import { catalogue } from './catalogue.ts';
import { checkout } from './checkout.ts';
import { clocks } from './clocks.ts';
import { customers } from './customers.ts';
import { delayed } from './delayed.ts';
import { discounts } from './discounts.ts';
import { expanding } from './expanding.ts';
import { intents } from './intents.ts';
import { invoices } from './invoices.ts';
import { moneyBack } from './money-back.ts';
import { reading } from './reading.ts';
import { sales } from './sales.ts';
import { subscriptions } from './subscriptions.ts';
import type { Visit } from './visit.ts';

/** Everything that the simulator can be asked, at least once. The endpoints come first, so that all is delivered to them; reading comes last. */
export const SCENARIO: Readonly<Record<string, (visit: Visit) => Promise<void>>> = {
  account,
  catalogue,
  customers,
  checkout,
  subscriptions,
  invoices,
  discounts,
  intents,
  sales,
  delayed,
  'money back': moneyBack,
  clocks,
  reading,
  expanding,
};
