import { type PageAnswer, page } from './answers.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';

export const notFound = (what = 'There is nothing at this address'): PageAnswer =>
  page(
    404,
    layout({
      title: 'Not found',
      body: html`<h1>${what}</h1>
        <p><a href="/">To the simulator's start page</a></p>`,
    }),
  );
