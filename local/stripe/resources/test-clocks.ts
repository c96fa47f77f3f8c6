import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import { newestFirst, type State } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { clockOf, deleteClock, farthest } from '../life/test-clocks.ts';
import { invalidRequest, unsupported } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { listParams, pageOf } from '../wire/lists.ts';
import { integer, needed, type Parsed, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

type TestClock = Stripe.TestHelpers.TestClock;

/** A clock that nobody deletes is deleted after a week of the account's own time. */
const LIVES_FOR = 7 * 24 * 60 * 60;

const createParams = { frozen_time: needed(integer(0)), name: text(300), customer: text() };
const PATH = '/v1/test_helpers/test_clocks';

const hasHistory = ({ objects }: State, customer: string): boolean =>
  [objects.subscriptions, objects.invoices, objects.invoiceItems].some((all) =>
    [...all.values()].some((one) => one.customer === customer),
  );

/** Puts a customer on a clock. One with a history would have lived in two times. */
function adopt(work: Work, clock: TestClock, id: string): void {
  const customer = find(work, 'customers', id, 'customer');
  if (clockOf(work.state, [id]) !== undefined) {
    throw invalidRequest('This customer is attached to a test clock already.', 'customer');
  }
  if (hasHistory(work.state, id))
    throw unsupported('attaching a customer who has had a subscription or an invoice', 'customer');
  work.save('customers', { ...customer, test_clock: clock.id }, 'customer.updated');
}

function create(work: Work, { frozen_time, name, customer }: Parsed<typeof createParams>): TestClock {
  const clock: TestClock = {
    id: newId('clock'),
    object: 'test_helpers.test_clock',
    created: work.accountNow,
    deletes_after: work.accountNow + LIVES_FOR,
    frozen_time,
    livemode: false,
    name: name ?? null,
    status: 'ready',
    status_details: {},
  };
  if (customer !== undefined) adopt(work, clock, customer);
  return work.save('testClocks', clock, 'test_helpers.test_clock.created');
}

/** Only begins: the clock is `ready` again when all that falls due until then has been done, and told. */
function advance(work: Work, id: string, target: number): TestClock {
  const clock = find(work, 'testClocks', id);
  if (target <= clock.frozen_time) {
    throw invalidRequest('A test clock can only be advanced to a time after its current frozen time.', 'frozen_time');
  }
  if (target > farthest(work.state, clock)) {
    const message =
      'A test clock can be advanced by at most two intervals of its shortest subscription at a time, or by two years when it has none.';
    throw invalidRequest(message, 'frozen_time');
  }
  const advancing: TestClock = {
    ...clock,
    status: 'advancing',
    status_details: { advancing: { target_frozen_time: target } },
  };
  return work.save('testClocks', advancing, 'test_helpers.test_clock.advancing');
}

function remove(work: Work, id: string): Stripe.TestHelpers.DeletedTestClock {
  deleteClock(work, find(work, 'testClocks', id));
  return { id, object: 'test_helpers.test_clock', deleted: true };
}

export const testClockRoutes: Route[] = [
  route('POST', PATH, createParams, ({ work, params }) => create(work, params)),
  route('GET', `${PATH}/:id`, {}, ({ work, id }) => find(work, 'testClocks', id)),
  route('POST', `${PATH}/:id/advance`, { frozen_time: needed(integer(0)) }, ({ work, id, params }) =>
    advance(work, id, params.frozen_time),
  ),
  route('DELETE', `${PATH}/:id`, {}, ({ work, id }) => remove(work, id)),
  route('GET', PATH, listParams, ({ work, params }) =>
    pageOf(PATH, newestFirst(work.state.objects.testClocks), params),
  ),
];
