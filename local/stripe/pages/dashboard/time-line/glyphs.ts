import { type Html, html } from '../../html.ts';
import type { MarkKind } from './telling.ts';

const NOTES = 26;
const MONEY = 68;
const TROUBLE = 86;

/** How far down each kind of mark stands, in pixels: notes above the bar, money beneath it, and trouble with money beneath that. */
export const GLYPH_LANES: Readonly<Record<MarkKind, number>> = {
  started: NOTES,
  card: NOTES,
  plan: NOTES,
  notice: NOTES,
  ending: NOTES,
  ended: NOTES,
  paid: MONEY,
  free: MONEY,
  refunded: MONEY,
  failed: TROUBLE,
  asks: TROUBLE,
  disputed: TROUBLE,
  written_off: TROUBLE,
};

/** Shapes differ, not only colours. Each is drawn around its middle. */
const GLYPHS: Readonly<Record<MarkKind, Html>> = {
  started: html`<path d="M-5-6 6 0-5 6z" />`,
  card: html`<rect x="-7" y="-5" width="14" height="10" rx="2" /> <path class="inner" d="M-7-1.5H7" />`,
  plan: html`<path d="M0-7 7 0 0 7-7 0z" />`,
  notice: html`<path d="M0-6 6 5H-6z" />`,
  ending: html`<path d="M-4-7V7M-4-6 6-3-4 1" />`,
  ended: html`<rect x="-5" y="-5" width="10" height="10" />`,
  paid: html`<circle r="6" /> <path class="inner" d="M-3 0-1 2.5 3-2.5" />`,
  free: html`<circle class="hollow" r="4" />`,
  refunded: html`<circle class="hollow" r="6" /> <path d="M3 0H-3M-1-2-3 0-1 2" />`,
  failed: html`<path d="M-5-5 5 5M5-5-5 5" />`,
  asks: html`<circle class="hollow" r="6" /> <path d="M0-3V1M0 2.5V3.5" />`,
  disputed: html`<path d="M0-7V2M0 5V7" />`,
  written_off: html`<circle class="hollow" r="6" /> <path d="M-4 4 4-4" />`,
};

export const MARK_NAMES: Readonly<Record<MarkKind, string>> = {
  started: 'Subscribed',
  card: 'Card changed',
  plan: 'Plan changed',
  notice: 'Notice',
  ending: 'Cancelled or taken back',
  ended: 'Ended',
  paid: 'Paid',
  free: 'Nothing was due',
  refunded: 'Refunded',
  failed: 'Attempt failed',
  asks: 'Bank asks the customer',
  disputed: 'Disputed',
  written_off: 'Written off',
};

const kinds = (): MarkKind[] => Object.keys(GLYPHS).filter((kind): kind is MarkKind => Object.hasOwn(GLYPHS, kind));

/** The shapes, once a page: the drawings and their legend refer to them. */
export const glyphs = (): Html =>
  html`<svg class="shapes" width="0" height="0" aria-hidden="true">
    <defs>${kinds().map((kind) => html`<g id="mark-${kind}" class="glyph ${kind}">${GLYPHS[kind]}</g>`)}</defs>
  </svg>`;
