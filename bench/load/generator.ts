import { Agent, request } from 'node:http';
import { quantile } from '../statistics.ts';
import { renewal, signatureOf } from '../world/events.ts';

export interface Load {
  readonly perSecond: number;
  /** Milliseconds from question to answer. */
  readonly p50: number;
  readonly p99: number;
}

/** Counted on, so that each renewal is later than any before it, about whichever subscription. */
export interface Clock {
  created: number;
}

/**
 * So many connections at once, each sending the next webhook as soon as the last was answered, each about a subscription of its own.
 *
 * @throws Error for an answer that is not 200
 */
export async function load(url: string, connections: number, milliseconds: number, clock: Clock): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const started = performance.now();
  const end = started + milliseconds;
  const sender = async (subscription: string): Promise<void> => {
    while (performance.now() < end) {
      const body = renewal(subscription, (clock.created += 1));
      const asked = performance.now();
      await post(`${url}/webhook`, agent, body);
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, n) => sender(`sub_${n}`)));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  return { perSecond: times.length / seconds, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

function post(url: string, agent: Agent, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json', 'stripe-signature': signatureOf(body) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('end', () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`The webhook answered ${answer.statusCode}.`));
      });
    });
    sent.on('error', reject).end(body);
  });
}
