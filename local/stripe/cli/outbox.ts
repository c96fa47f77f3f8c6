import type { Message } from './messages.ts';

/** More than a CLI leaves open, unless something is wrong with it; then the oldest are given up. */
const MAX_OPEN = 1_000;

/** The messages of one CLI: those to be sent again when it comes back, and those whose answer is still to come. */
export function createOutbox() {
  const open = new Map<string, { readonly message: Message; readonly acknowledged: boolean }>();
  return {
    add(message: Message): void {
      open.set(message.conversation, { message, acknowledged: false });
      const [oldest] = open.keys();
      if (open.size > MAX_OPEN && oldest !== undefined) open.delete(oldest);
    },
    waiting: (): Message[] => [...open.values()].filter(({ acknowledged }) => !acknowledged).map((one) => one.message),
    /** The message that an answer is about, which needs no sending any more; undefined when there is none. */
    settle(conversation: string, { last }: { last: boolean }): Message | undefined {
      const message = open.get(conversation)?.message;
      if (message === undefined || last) open.delete(conversation);
      else open.set(conversation, { message, acknowledged: true });
      return message;
    },
  };
}
