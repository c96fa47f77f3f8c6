import type { RawData, WebSocket } from 'ws';
import { type Answer, type Message, parseAnswer } from './messages.ts';
import { createOutbox } from './outbox.ts';

/** A CLI that has not come back for so long has ended. Milliseconds. */
const GONE_AFTER = 60_000;

export interface ListenerSettings {
  readonly answered: (message: Message, answer: Answer) => void;
  /** Called once when it has ended. */
  readonly gone: () => void;
}

const textOf = (data: RawData): string =>
  Buffer.concat([data].flat().map((part) => new Uint8Array(part))).toString('utf8');

/** One CLI that listens. Its socket comes and goes: what was not acknowledged on one is sent again on the next. */
export function createListener({ answered, gone }: ListenerSettings) {
  const outbox = createOutbox();
  let current: WebSocket | null = null;
  let leaving = leave();

  function leave(): NodeJS.Timeout {
    return setTimeout(gone, GONE_AFTER).unref();
  }

  function hear(text: string): void {
    const answer = parseAnswer(text);
    if (answer === null) return;
    const message = outbox.settle(answer.conversation, { last: answer.type === 'webhook_response' });
    if (message !== undefined) answered(message, answer);
  }

  function closed(socket: WebSocket): void {
    if (current !== socket) return;
    current = null;
    leaving = leave();
  }

  return {
    connect(socket: WebSocket): void {
      clearTimeout(leaving);
      current?.terminate();
      current = socket;
      socket.on('message', (data, binary) => hear(binary ? '' : textOf(data)));
      socket.on('close', () => closed(socket));
      for (const { text } of outbox.waiting()) socket.send(text, () => {});
    },
    /** A socket that is closing takes nothing more, and says so: the message then waits for the next one. */
    send(message: Message): void {
      outbox.add(message);
      current?.send(message.text, () => {});
    },
    stop(): void {
      clearTimeout(leaving);
      const socket = current;
      current = null;
      socket?.terminate();
    },
  };
}

export type Listener = ReturnType<typeof createListener>;
