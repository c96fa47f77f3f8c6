import { routes } from '../../../../local/stripe/resources/all.ts';
import type { StripeSimulatorOptions } from '../../../../local/stripe/server.ts';
import { type Form, parseForm } from '../../../../local/stripe/wire/form.ts';
import { createRouter } from '../../../../local/stripe/wire/router.ts';
import { OUTSIDE_THE_SDK } from './outside.ts';
import { stripeTruth } from './validator.ts';

type Exchange = Parameters<NonNullable<StripeSimulatorOptions['onExchange']>>[0];
type SimulatorEvent = Parameters<NonNullable<StripeSimulatorOptions['onEvent']>>[0];

export interface Testimony {
  /** Routes that answered with success: `POST /v1/customers/:id`. */
  readonly routes: Set<string>;
  /** Parameters that were sent to them: `POST /v1/customers/:id metadata[userId]`. */
  readonly params: Set<string>;
  readonly events: Set<string>;
  /** How many answers, events, requests and refusals were held against the SDK's types. */
  validated: number;
  readonly faults: string[];
}

const find = createRouter(routes);

const plain = (form: Form): Record<string, unknown> =>
  Object.fromEntries([...form].map(([key, value]) => [key, value instanceof Map ? plain(value) : value]));

const namesOf = (form: string): string[] =>
  [...new URLSearchParams(form).keys()].map((name) => name.replaceAll(/\[\d*\]/g, '[]'));

const FAILED = 'The Stripe simulator failed';

/**
 * Watches a simulator in a test: every answer, every event and every request that it took is held against the SDK's types.
 * @param requests `all` where only our own code calls: then the refused ones must be right as well
 */
export async function createWitness(requests: 'accepted' | 'all' = 'accepted') {
  const { truth, faultOf } = await stripeTruth();
  const seen: Testimony = { routes: new Set(), params: new Set(), events: new Set(), validated: 0, faults: [] };

  function expectNone(what: string, fault: string | null): void {
    seen.validated += 1;
    if (fault !== null) seen.faults.push(`${what}: ${fault}`);
  }

  function hearCall(route: string, { form, status, body }: Exchange): void {
    const operation = truth.operations[route];
    if (operation === undefined) return expectNone(route, 'the SDK has no such call');
    const taken = status === 200;
    if (taken || requests === 'all') {
      expectNone(`parameters of ${route}`, faultOf(operation.params, plain(parseForm(form))));
    }
    if (!taken) return;
    expectNone(`answer of ${route}`, faultOf(operation.answer, JSON.parse(body)));
    for (const name of namesOf(form)) seen.params.add(`${route} ${name}`);
  }

  function hearRefusal(route: string, body: string): void {
    const { error } = JSON.parse(body);
    expectNone(`refusal of ${route}`, body.includes(FAILED) ? FAILED : faultOf(truth.error, error));
  }

  function onExchange(exchange: Exchange): void {
    const { method, path, status, body } = exchange;
    const found = find(method, path);
    const route = `${method} ${found?.route.path ?? path}`;
    if (status === 200) seen.routes.add(route);
    else hearRefusal(route, body);
    if (found !== null && !OUTSIDE_THE_SDK.has(route)) hearCall(route, exchange);
  }

  function onEvent(event: SimulatorEvent): void {
    seen.events.add(event.type);
    const schema = truth.events[event.type];
    // As it goes over the wire, not as it is in memory.
    const payload: unknown = JSON.parse(JSON.stringify(event));
    const fault = schema === undefined ? 'the SDK has no such event' : faultOf(schema, payload);
    expectNone(`event ${event.type}`, fault);
  }

  /** What a witness cannot follow is a fault too, and none of the simulator's business. */
  const safely =
    <T>(hear: (heard: T) => void) =>
    (heard: T): void => {
      try {
        hear(heard);
      } catch (error) {
        seen.faults.push(String(error));
      }
    };

  return {
    /** To start a simulator with. */
    watching: { onExchange: safely(onExchange), onEvent: safely(onEvent) } satisfies StripeSimulatorOptions,
    seen,
    /** Throws when anything was not as Stripe's. */
    swear(): void {
      const faults = [...new Set(seen.faults)];
      if (faults.length > 0) throw new Error(`not as Stripe's own types say:\n${faults.slice(0, 20).join('\n')}`);
    },
  };
}
