/** What the simulator refused, in its own words: what is wrong, and what to do. */
export class Refusal extends Error {}

const textIn = (value: unknown, name: string): string => {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
};

function refusalIn(answer: unknown): Refusal {
  const error: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'error') : undefined;
  return new Refusal(`${textIn(error, 'message') || 'The simulator failed.'} ${textIn(error, 'next')}`.trim());
}

async function answerOf(path: string, init: RequestInit): Promise<unknown> {
  try {
    const response = await fetch(path, init);
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    throw refusalIn(answer);
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal('The simulator does not answer. Is it still running? npm start starts it again.', { cause });
  }
}

/** Asks for a change. @throws Refusal */
export const post = (path: string, body: string): Promise<unknown> =>
  answerOf(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

/** One field of what a GET answers, as text; empty when it has none. @throws Refusal */
export const ask = async (path: string, field: string): Promise<string> => textIn(await answerOf(path, {}), field);
