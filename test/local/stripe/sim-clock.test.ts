import { describe, expect, it } from '@jest/globals';
import { advance, sim } from './sim.ts';
import { handClock, inWorld, makeCatalogue, startReceiver, subscribed } from './world.ts';

const HOUR = 60 * 60;
const DAY = 24 * HOUR;
const START = Date.UTC(2027, 0, 31, 12) / 1000;

const typeOf = ({ payload }: { payload: string }): string => JSON.parse(payload).type;
const createdOf = ({ payload }: { payload: string }): number => JSON.parse(payload).created;
const signedAt = ({ signature }: { signature: string }): number => Number(/^t=(\d+),/.exec(signature)?.[1]);

describe('the clock', () => {
  it('tells its time, how far ahead it is, and what comes next', () =>
    inWorld({ clock: handClock(START) }, async (world) => {
      expect((await sim(world, 'GET /clock')).body).toEqual({
        now: START,
        iso: '2027-01-31T12:00:00Z',
        ahead: 0,
        nextDue: null,
      });
      const { proMonthly } = await makeCatalogue(world);
      await subscribed(world, { price: proMonthly.id });
      expect((await advance(world, DAY)).body).toMatchObject({
        now: START + DAY,
        ahead: DAY,
        nextDue: { iso: '2027-02-28T12:00:00Z' },
      });
    }));

  it('put forward, does what falls due in its order, each as of its own time', () =>
    inWorld({ clock: handClock(START) }, async (world) => {
      const { proMonthly } = await makeCatalogue(world);
      const { subscription } = await subscribed(world, { price: proMonthly.id });
      await advance(world, 60 * DAY);
      const renewed = await world.stripe.subscriptions.retrieve(subscription.id);
      expect(renewed.items.data[0]?.current_period_end).toBe(Date.UTC(2027, 3, 30, 12) / 1000);
      const { data } = await world.stripe.events.list({ created: { gt: START }, type: 'invoice.*', limit: 100 });
      const paid = data.filter(({ type }) => type === 'invoice.paid').map(({ created }) => created);
      const renewals = [Date.UTC(2027, 2, 31, 12) / 1000, Date.UTC(2027, 1, 28, 12) / 1000];
      expect(paid).toEqual(renewals.map((at) => at + HOUR));
    }));

  it('answers when the webhooks of all that fell due were taken, each told and signed at its own time', () =>
    inWorld({ clock: handClock(START) }, async (world) => {
      const receiver = await startReceiver();
      const { proMonthly } = await makeCatalogue(world);
      await subscribed(world, { price: proMonthly.id });
      await world.stripe.webhookEndpoints.create({
        url: receiver.url,
        enabled_events: ['customer.subscription.updated', 'invoice.paid'],
      });
      await advance(world, 30 * DAY);
      await receiver.stop();
      const renewal = Date.UTC(2027, 1, 28, 12) / 1000;
      expect(receiver.received.map(typeOf)).toEqual(['customer.subscription.updated', 'invoice.paid']);
      expect(receiver.received.map(createdOf)).toEqual([renewal, renewal + HOUR]);
      expect(receiver.received.map(signedAt)).toEqual([renewal, renewal + HOUR]);
    }));

  it('put forward twice at once, goes as far as both together', () =>
    inWorld({ clock: handClock(START) }, async (world) => {
      const receiver = await startReceiver();
      const { proMonthly } = await makeCatalogue(world);
      await subscribed(world, { price: proMonthly.id });
      await world.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['*'] });
      await Promise.all([advance(world, 40 * DAY), advance(world, 50 * DAY)]);
      await receiver.stop();
      expect((await sim(world, 'GET /clock')).body.now).toBe(START + 90 * DAY);
    }));

  it('put forward until a time, stands there', () =>
    inWorld({ clock: handClock(START) }, async (world) => {
      const until = START + 3 * DAY + 5;
      expect((await sim(world, 'POST /clock', { until })).body).toMatchObject({ now: until, ahead: 3 * DAY + 5 });
    }));

  it.each([
    [{ until: START }, 409],
    [{ until: START + 3 * 366 * DAY }, 400],
    [{ until: START + DAY, advance: DAY }, 400],
  ])('does not go until %j', (body, status) =>
    inWorld({ clock: handClock(START) }, async (world) => {
      const refused = await sim(world, 'POST /clock', body);
      expect(refused).toMatchObject({ status, body: { error: { next: expect.any(String) } } });
    }),
  );

  it.each([
    [{}, '"advance" is missing'],
    [{ advance: -1 }, 'no whole number'],
    [{ advance: 1.5 }, 'no whole number'],
    [{ advance: 1e12 }, 'no whole number'],
    [{ advance: 1, days: 1 }, 'no "days" here'],
  ])('is not put forward by %j, and says what to send instead', (body, problem) =>
    inWorld({ clock: handClock(START) }, async (world) => {
      const refused = await sim(world, 'POST /clock', body);
      expect(refused.status).toBe(400);
      expect(refused.body.error.message).toContain(problem);
      expect(refused.body.error.next).toContain('"advance"');
    }),
  );
});

describe('a webhook that fails', () => {
  const failing = async (
    answers: number[],
    visit: (urlOfEndpoint: string, received: () => number[]) => Promise<void>,
  ) => {
    const receiver = await startReceiver(answers);
    try {
      await visit(receiver.url, () => receiver.received.map(signedAt));
    } finally {
      await receiver.stop();
    }
  };

  it('is tried again as soon as the clock passes the time of its retry, signed anew', () =>
    failing([500, 500], (url, received) =>
      inWorld({ clock: handClock(START), retryAfter: [5 * HOUR * 1000, 5 * HOUR * 1000] }, async (world) => {
        await world.stripe.webhookEndpoints.create({ url, enabled_events: ['customer.created'] });
        await world.stripe.customers.create();
        await advance(world, HOUR);
        expect(received()).toEqual([START]);
        await advance(world, 4 * HOUR);
        expect(received()).toEqual([START, START + 5 * HOUR]);
        await advance(world, DAY);
        expect(received()).toEqual([START, START + 5 * HOUR, START + 10 * HOUR]);
        expect((await world.stripe.events.list({ delivery_success: false })).data).toEqual([]);
      }),
    ));

  it('is tried for nearly three days, then given up', () =>
    failing(
      Array.from({ length: 50 }, () => 500),
      (url, received) =>
        inWorld({ clock: handClock(START) }, async (world) => {
          await world.stripe.webhookEndpoints.create({ url, enabled_events: ['customer.created'] });
          await world.stripe.customers.create();
          await advance(world, 10 * DAY);
          expect(received()).toHaveLength(10);
          expect((received().at(-1) ?? 0) - START).toBeGreaterThan(2.5 * DAY);
          expect((await world.stripe.events.list({ delivery_success: false })).data).toMatchObject([
            { pending_webhooks: 0 },
          ]);
        }),
    ));
});

describe('/_sim/', () => {
  it.each([
    ['GET /nothing', 404],
    ['DELETE /clock', 405],
  ])('answers %s in JSON with a next step', (call, status) =>
    inWorld({}, async (world) => {
      const refused = await sim(world, call);
      expect(refused).toMatchObject({
        status,
        body: { error: { next: expect.stringContaining('docs/sim.md') } },
      });
    }),
  );

  it('takes nothing from a page elsewhere', () =>
    inWorld({ clock: handClock(START) }, async (world) => {
      const body = JSON.stringify({ advance: DAY });
      const post = async (headers: Record<string, string>) =>
        (await fetch(`${world.url}/_sim/clock`, { method: 'POST', headers, body })).status;
      expect(await post({ 'content-type': 'application/json', origin: 'http://elsewhere.example' })).toBe(403);
      expect(await post({ 'content-type': 'text/plain' })).toBe(415);
      expect((await sim(world, 'GET /clock')).body.ahead).toBe(0);
    }));
});
