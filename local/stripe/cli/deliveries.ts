import type { Attempt, State } from '../core/state.ts';
import type { Answer, Message } from './messages.ts';

const successful = (status: number): boolean => status >= 200 && status < 300;

/** What became of the events that went to CLIs, kept for people to see. @param now whole seconds */
export function createRecord(state: State, now: () => number) {
  function keep({ event, session }: Message, attempt: Attempt, outcome: 'delivered' | 'failed'): void {
    state.cliDeliveries.get(event)?.set(session, { event, endpoint: session, state: outcome, attempts: [attempt] });
  }

  return {
    sent({ event, session }: Pick<Message, 'event' | 'session'>): void {
      const deliveries = state.cliDeliveries.get(event) ?? new Map();
      deliveries.set(session, { event, endpoint: session, state: 'pending', attempts: [] });
      state.cliDeliveries.set(event, deliveries);
    },

    /** An acknowledgement says less than an application's answer, and the one of a copy that was dropped may come after it. */
    answered(message: Message, answer: Answer): void {
      if (answer.type === 'webhook_response') {
        const note = `forwarded by the Stripe CLI to ${answer.forwardedTo.slice(0, 200)}`;
        keep(message, { at: now(), status: answer.status, note }, successful(answer.status) ? 'delivered' : 'failed');
        return;
      }
      const known = state.cliDeliveries.get(message.event)?.get(message.session);
      if (known?.state !== 'pending') return;
      keep(message, { at: now(), status: null, note: 'taken by the Stripe CLI' }, 'delivered');
    },
  };
}
