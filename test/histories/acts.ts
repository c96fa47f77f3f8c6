import { plansOf, parsePlans } from '../../billing/plans.ts';
import plansFile from '../../plans.json' with { type: 'json' };
import { bodyOf, httpEvent, type Call } from '../support/http-event.ts';
import { changeAtStripe, isStripeAct } from './at-stripe.ts';
import { countLive, sessionIdOf, subscriptionsOf, type Customer } from './customer.ts';
import type { Handler } from '../../functions/shared/http.ts';
import type { Step } from './history.ts';
import type { Mail } from './mail.ts';
import type { World } from './world.ts';

const PLANS = plansOf(parsePlans(plansFile)).map(({ lookupKey }) => lookupKey);
/** How often somebody tries again what failed: more often than the faults last. */
const PATIENCE = 40;

export interface Acting {
  readonly world: World;
  readonly mail: Mail;
  readonly tell: (line: string) => void;
  /** Something goes on in the background, and must not fail. */
  readonly watch: (work: Promise<unknown>) => void;
}

/** Does one step. What calls our functions only begins here, and goes on while other things happen. */
export async function act({ world, mail, tell, watch }: Acting, customer: Customer, step: Step): Promise<void> {
  const call = (name: string, handler: Handler, method: string, wanted: Call) =>
    world.invocations.run(name, () => handler(httpEvent(method, { user: customer.id, ...wanted })));

  /** Again and again, as people do. */
  async function insist(name: string, handler: Handler, method: string, wanted: Call) {
    for (let attempt = 1; ; attempt += 1) {
      const result = await call(`${name} #${attempt}`, handler, method, wanted);
      const { statusCode = 0 } = result;
      tell(`${name} was answered ${statusCode}`);
      if (statusCode === 200 && 'body' in result) return bodyOf(result);
      if (statusCode !== 409 && statusCode < 500) throw new Error(`${name} was refused with ${statusCode}.`);
      if (attempt === PATIENCE) return {};
    }
  }

  async function checkout(plan: string): Promise<void> {
    customer.shopping += 1;
    const headers = { 'content-type': 'application/json' };
    const wanted = { body: JSON.stringify({ plan }), headers };
    const { kind, url } = await insist(`checkout of ${plan}`, world.functions.checkout, 'POST', wanted);
    if (kind === 'checkout') customer.tabs.push(String(url));
    customer.shopping -= 1;
  }

  async function pay(): Promise<void> {
    const url = customer.tabs.pop();
    if (url === undefined) return tell('nothing to pay');
    const body = new URLSearchParams({ number: '4242424242424242', expiration: '12/34', cvc: '123', name: 'A Person' });
    const response = await fetch(url, { method: 'POST', body, headers: { origin: new URL(url).origin } });
    tell(`Checkout answered ${response.status}`);
    if (response.status === 303) customer.paid.push(sessionIdOf(url));
    const live = countLive(await subscriptionsOf(world, customer));
    if (live > 1) throw new Error(`${live} live subscriptions were sold to ${customer.id}.`);
  }

  function successPage(): void {
    const sessionId = customer.paid.at(-1);
    if (sessionId === undefined) return tell('nothing paid yet');
    const wanted = { parameters: { sessionId } };
    watch(insist('success page', world.functions['checkout-session'], 'GET', wanted));
  }

  if (isStripeAct(step.act)) return tell((await changeAtStripe(world, mail, customer, step.act)) ?? 'done');
  switch (step.act) {
    case 'checkout':
      return watch(checkout(PLANS[step.plan] ?? ''));
    case 'two checkouts':
      watch(checkout(PLANS[step.plan] ?? ''));
      return watch(checkout(PLANS[step.plan % 2 === 0 ? step.plan : 0] ?? ''));
    case 'pay':
      return pay();
    case 'success page':
      return successPage();
    case 'portal':
      return watch(call('portal', world.functions.portal, 'POST', {}));
    case 'reconcile':
      return watch(world.invocations.run('reconcile', () => world.functions.reconcile().catch(() => undefined)));
  }
}
