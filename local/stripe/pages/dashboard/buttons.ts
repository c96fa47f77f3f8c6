import { type Html, html } from '../html.ts';

export interface SimButton {
  readonly label: string;
  /** Under `/_sim/`. */
  readonly path: string;
  readonly body?: object;
  /** What is said while it is under way, without the dots. */
  readonly doing: string;
  /** Told to those who cannot see what the button stands beside. */
  readonly about?: string;
}

/** A button that calls the simulator's own API; the page's script does so, and shows what has come of it. */
export const simButton = ({ label, path, body = {}, doing, about }: SimButton): Html =>
  html`<button type="button" data-path="${path}" data-body="${JSON.stringify(body)}" data-doing="${doing}">
    ${label}${about !== undefined && html`<span class="unseen"> (${about})</span>`}
  </button>`;
