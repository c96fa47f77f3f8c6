import { newId } from '../core/ids.ts';

/** The subprotocol that the CLI asks for. */
export const PROTOCOL = 'stripecli-devproxy-v1';

/** One event on its way to one CLI, in one version of the API. */
export interface Message {
  readonly conversation: string;
  readonly event: string;
  readonly session: string;
  readonly text: string;
}

export interface Webhook {
  readonly event: string;
  readonly session: string;
  readonly payload: string;
  readonly signature: string;
}

/**
 * What Stripe sends the CLI for an event. `version` is null for the copy in the account's default version, and names the
 * version for the copy in the latest: the CLI takes the one that `--latest` asks for, and drops the other.
 */
export function webhookMessage({ event, session, payload, signature }: Webhook, version: string | null): Message {
  const conversation = newId('wc');
  const message = {
    type: 'webhook_event',
    endpoint: { api_version: version },
    event_payload: payload,
    http_headers: {
      Accept: '*/*; q=0.5, application/xml',
      'Cache-Control': 'no-cache',
      'Content-Type': 'application/json; charset=utf-8',
      'Stripe-Signature': signature,
      'User-Agent': 'Stripe/1.0 (simulator)',
    },
    webhook_conversation_id: conversation,
    webhook_id: newId('wh'),
  };
  return { conversation, event, session, text: JSON.stringify(message) };
}

/** What the CLI answers: that it has the event, then what the application said to it. */
export type Answer =
  | { readonly type: 'event_ack'; readonly conversation: string }
  | {
      readonly type: 'webhook_response';
      readonly conversation: string;
      readonly status: number;
      readonly forwardedTo: string;
    };

/** @returns null for what is not an answer to a webhook */
export function parseAnswer(text: string): Answer | null {
  const fields = fieldsOf(text);
  const { type, webhook_conversation_id: conversation, status, forward_url: forwardedTo } = fields;
  if (typeof conversation !== 'string') return null;
  if (type === 'event_ack') return { type, conversation };
  if (type !== 'webhook_response' || typeof status !== 'number' || typeof forwardedTo !== 'string') return null;
  return { type, conversation, status, forwardedTo };
}

function fieldsOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
