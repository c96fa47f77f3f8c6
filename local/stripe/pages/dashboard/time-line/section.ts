import { type Html, html } from '../../html.ts';
import { drawing } from './drawing.ts';
import { type Life, spanOf } from './life.ts';
import { inWords, summaryOf } from './words.ts';

/** The drawing may be wider than the page: it scrolls by itself, by the keyboard too. */
export const picture = (life: Life, lives: readonly Life[], now: number): Html =>
  html`<div data-life>
    <div class="scroll" tabindex="0" role="region" aria-label="Time line of ${life.plan}">
      ${drawing(life, { span: spanOf(lives, now), now })}
    </div>
    <p class="readout note" data-own aria-live="polite"></p>
  </div>`;

/** One subscription: what it is, how it has gone, and the same in words. */
export const lifeSection = (life: Life, lives: readonly Life[], now: number): Html =>
  html`<section id="part-${life.subscription.id}" aria-labelledby="${life.subscription.id}">
    <h2 id="${life.subscription.id}">${life.plan}</h2>
    <p class="summary">${summaryOf(life)} <code class="note">${life.subscription.id}</code></p>
    ${picture(life, lives, now)} ${inWords(life)}
  </section>`;
