import { type Html, html } from '../../html.ts';
import { drawing } from './drawing.ts';
import { type Life, spanOf } from './life.ts';
import { leastWidth, type Span } from './scale.ts';
import { inWords, summaryOf } from './words.ts';

/** A drawing wider than the page scrolls by itself, by the keyboard too. */
function scrolling({ plan }: Life, span: Span, drawn: Html): Html {
  if (leastWidth(span) === null) return drawn;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Years of ${plan}">${drawn}</div>`;
}

/** The drawing, with a line beneath it for what is pointed at. */
export function picture(life: Life, lives: readonly Life[], now: number): Html {
  const span = spanOf(lives, now);
  return html`<div data-life>
    ${scrolling(life, span, drawing(life, { span, now }))}
    <p class="readout note" data-own aria-live="polite"></p>
  </div>`;
}

/** One subscription: what it is, how it has gone, and the same in words. */
export const lifeSection = (life: Life, lives: readonly Life[], now: number): Html =>
  html`<section id="part-${life.subscription.id}" aria-labelledby="${life.subscription.id}">
    <h2 id="${life.subscription.id}">${life.plan}</h2>
    <p class="summary">${summaryOf(life)} <code class="note">${life.subscription.id}</code></p>
    ${picture(life, lives, now)} ${inWords(life)}
  </section>`;
