import { type Html, html } from './html.ts';

export interface PageContent {
  readonly title: string;
  readonly body: Html;
  readonly wide?: boolean;
  /** In a frame that has room for fields only. */
  readonly bare?: boolean;
  /** What belongs in the head beside what every page has. */
  readonly head?: Html;
}

/** Every page says first that it is a simulator. */
export const layout = ({ title, body, wide = false, bare = false, head }: PageContent): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} (Stripe simulator)</title>
        <link rel="stylesheet" href="/_page/style.css" />
        ${head}
      </head>
      <body>
        <p class="banner" role="note">Stripe simulator: no money moves</p>
        <main class="${wide ? 'wide' : bare ? 'bare' : ''}">${body}</main>
      </body>
    </html> `;
