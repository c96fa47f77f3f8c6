/** A JSON object as it was sent. */
export type Body = Readonly<Record<string, unknown>>;

/** What a call of the simulator's own API is refused with: what is wrong, and what to do about it. */
export class SimError extends Error {
  readonly status: number;
  readonly next: string;

  constructor(status: number, message: string, next: string) {
    super(message);
    this.status = status;
    this.next = next;
  }
}

export interface SimCall {
  /** The `:id` of the path; empty when the path has none. */
  readonly id: string;
  /** Empty when nothing was sent. */
  readonly body: Body;
  readonly query: URLSearchParams;
}

export interface SimRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With at most one `:id`. */
  readonly path: string;
  /** What is answered, as JSON. @throws SimError */
  readonly answer: (call: SimCall) => object | Promise<object>;
}
