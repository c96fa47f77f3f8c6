import { at } from '../../billing/json.ts';

/** A page or an API that does not answer for so long is as good as down, in milliseconds. */
const PATIENCE_MS = 15_000;

export interface Answer {
  readonly status: number;
  /** The content type; empty when it was not said. */
  readonly type: string;
  /** Undefined when it is none. */
  readonly json: unknown;
  /** The answer's own `Date`, in whole seconds; NaN when it has none. */
  readonly date: number;
}

/** @throws when nobody answers */
export async function ask(url: string, request: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    json: parsed(text),
    date: Math.floor(Date.parse(response.headers.get('date') ?? '') / 1000),
  };
}

/** The code of a problem document (docs/api.md); empty when the answer is none. */
export function codeOf({ json }: Answer): string {
  const code = at(json, 'code');
  return typeof code === 'string' ? code : '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
