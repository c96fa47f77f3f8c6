import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import { glyphs } from './time-line/glyphs.ts';

export interface FrameContent {
  readonly title: string;
  readonly body: Html;
}

/** A page of the dashboard: the script renews `live`, and says in the two lines above what it is doing and what went wrong. */
export const frame = ({ title, body }: FrameContent): Html =>
  layout({
    title,
    wide: true,
    head: html`<link rel="stylesheet" href="/_page/dashboard.css" />
      <script type="module" src="/_page/dashboard.js"></script>`,
    body: html`${glyphs()}
      <div class="said">
        <p id="progress" role="status"></p>
        <p id="fault" class="notice" role="alert" hidden></p>
      </div>
      <div id="live">${body}</div>`,
  });
