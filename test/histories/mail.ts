import type { World } from './world.ts';

/** One copy of a webhook that is still to be brought. */
interface Letter {
  readonly id: string;
  readonly type: string;
  /** Not before so many steps were taken. */
  readonly from: number;
}

interface Held {
  readonly id: string;
  readonly event: { readonly type: string };
  readonly attempts: readonly { readonly status: number | null }[];
}

export type Mail = ReturnType<typeof createMail>;

/** Stripe's webhooks, each brought as often and as late as the history says, and again until it is taken. */
export function createMail(world: World, copies: readonly (readonly number[])[], tell: (line: string) => void) {
  const known = new Set<string>();
  const plan = [...copies];
  let letters: Letter[] = [];
  let underWay = 0;

  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const headers = { 'content-type': 'application/json' };
    const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${world.simulator}${path}`, init);
    return (await response.json()) as T;
  };

  async function bring(letter: Letter): Promise<void> {
    underWay += 1;
    const { attempts } = await ask<Held>('POST', `/_sim/deliveries/${letter.id}`);
    underWay -= 1;
    const status = attempts.at(-1)?.status ?? 0;
    tell(`${letter.type} was answered ${status}`);
    if (status >= 400 && status < 500) throw new Error(`The webhook refused ${letter.type} with ${status}.`);
    if (status !== 200) letters.push({ ...letter, from: 0 });
  }

  return {
    /** From now on Stripe delivers nothing of itself. */
    hold: () => ask('POST', '/_sim/delivery', { mode: 'hold' }),
    settings: (settings: object) => ask('POST', '/_sim/settings', settings),
    /** Whoever asks Stripe anything makes it do first what has fallen due. */
    catchUp: () => world.stripe.events.list({ limit: 1 }),
    /** When the next thing falls due at Stripe, in seconds; null when nothing will. */
    nextDue: async () => (await ask<{ nextDue: { at: number } | null }>('GET', '/_sim/clock')).nextDue?.at ?? null,
    /** Looks for new events. @param steps how many were taken @returns how many there are */
    async collect(steps: number): Promise<number> {
      const { deliveries } = await ask<{ deliveries: Held[] }>('GET', '/_sim/deliveries');
      const fresh = deliveries.filter(({ id }) => !known.has(id));
      for (const { id, event } of fresh) {
        known.add(id);
        tell(`Stripe has news: ${event.type}`);
        for (const late of plan.shift() ?? [0]) letters.push({ id, type: event.type, from: steps + late });
      }
      return fresh.length;
    },
    /** What may be brought now. */
    ready: (steps: number): readonly Letter[] => letters.filter(({ from }) => from <= steps),
    /** @returns once it was answered */
    bring(letter: Letter): Promise<void> {
      letters = letters.filter((one) => one !== letter);
      tell(`${letter.type} is delivered`);
      return bring(letter);
    },
    underWay: (): boolean => underWay > 0,
  };
}
