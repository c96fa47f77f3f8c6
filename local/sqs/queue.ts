import { randomUUID } from 'node:crypto';

export interface Message {
  messageId: string;
  body: string;
}

/** A queue in memory. Nobody takes its messages: what is in it is for people to look at. */
export interface Queue {
  name: string;
  arn: string;
  messages: Message[];
  send(body: string): void;
}

/** @param log told of every message, which is as good as a queue's console */
export function queue(name: string, arn: string, log: (line: string) => void): Queue {
  const messages: Message[] = [];
  return {
    name,
    arn,
    messages,
    send: (body) => {
      messages.push({ messageId: randomUUID(), body });
      log(`[sqs] ${name}: ${body}`);
    },
  };
}
