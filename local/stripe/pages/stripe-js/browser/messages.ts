/** What the page around a frame and the frame say to each other. */
export interface FrameState {
  readonly type: 'state';
  /** The session's status. */
  readonly state: string;
  /** Where the shop wants its customer, once the session is complete. */
  readonly back: string;
  /** Why the last attempt came to nothing; empty when there was none. */
  readonly refusal: string;
  /** `paymentFailed` when it was the bank that said so, else empty. */
  readonly code: string;
}
export interface FrameHeight {
  readonly type: 'height';
  /** In pixels. */
  readonly height: number;
}
export interface Confirm {
  readonly type: 'confirm';
}
export interface Dress {
  readonly type: 'appearance';
  /** Of the appearance API, those that the simulator's pages know. */
  readonly variables: Readonly<Record<string, string>>;
}
export type FromFrame = FrameState | FrameHeight;
export type ToFrame = Confirm | Dress;

const typeOf = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined;

export const isFromFrame = (data: unknown): data is FromFrame => ['state', 'height'].includes(String(typeOf(data)));
export const isToFrame = (data: unknown): data is ToFrame => ['confirm', 'appearance'].includes(String(typeOf(data)));
