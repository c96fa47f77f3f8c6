import { type Html, html } from '../../html.ts';
import { dateOf } from '../times.ts';
import type { Life } from './life.ts';
import { GLYPH_LANES } from './glyphs.ts';
import { type Phase, PHASE_NAMES } from './phases.ts';
import { leastWidth, placeIn, type Span, ticksOf } from './scale.ts';
import type { Mark } from './telling.ts';

const HEIGHT = 116;
const BAR = { y: 38, height: 16 } as const;
const MIDDLE = BAR.y + BAR.height / 2;

type Place = (at: number) => number;
const percent = (value: number): string => `${value.toFixed(3)}%`;

const tickLines = (span: Span, place: Place): Html[] =>
  ticksOf(span).map(
    ({ at, label, strong }) =>
      html`<line class="tick" x1="${percent(place(at))}" x2="${percent(place(at))}" y1="18" y2="98" />
        <text class="${strong ? 'label strong' : 'label'}" x="${percent(place(at))}" y="110">${label}</text>`,
  );

/** A name in the bar, where there is room for it on a phone too. */
function barName(name: string, from: number, width: number): Html | false {
  return width > name.length * 2 && html`<text class="in-bar" x="${percent(from)}" dx="6" y="50">${name}</text>`;
}

function bar({ kind, from, to }: Phase, now: number, place: Place): Html {
  const [start, end] = [place(from), place(to ?? now)];
  const name = PHASE_NAMES[kind];
  return html`<g>
    <title>${name}: ${dateOf(from)} to ${to === null ? 'now' : dateOf(to)}</title>
    <rect
      class="phase ${kind}"
      x="${percent(start)}"
      width="${percent(Math.max(end - start, 0.3))}"
      y="${BAR.y}"
      height="${BAR.height}"
    />
    ${barName(name, start, end - start)}
  </g>`;
}

/** What is to come, if all stays as it is: a dashed line to the next period, or to the end. */
function planned({ next }: Life, now: number, place: Place): Html | false {
  if (next === null || next.at < now) return false;
  const at = percent(place(next.at));
  const words = `${next.ends ? 'To end' : 'Next period'} ${dateOf(next.at)}`;
  return html`<g class="${next.ends ? 'planned ends' : 'planned'}">
    <title>${words}</title>
    <line x1="${percent(place(now))}" x2="${at}" y1="${MIDDLE}" y2="${MIDDLE}" />
    ${
      next.ends
        ? html`<line x1="${at}" x2="${at}" y1="${BAR.y - 4}" y2="${BAR.y + BAR.height + 4}" />`
        : html`<circle cx="${at}" cy="${MIDDLE}" r="5" />`
    }
  </g>`;
}

/** Leads to the event that tells; what it says stands beneath the line while it is pointed at. */
function mark({ kind, at, words, event }: Mark, place: Place): Html {
  const x = percent(place(at));
  const y = GLYPH_LANES[kind];
  return html`<a class="mark" href="/events/${event}">
    <title>${dateOf(at)}: ${words}</title>
    <circle class="hit" cx="${x}" cy="${y}" r="10" />
    <use href="#mark-${kind}" x="${x}" y="${y}" />
  </a>`;
}

const nowLine = (now: number, { to }: Span, place: Place): Html | false =>
  now <= to &&
  html`<line class="now" x1="${percent(place(now))}" x2="${percent(place(now))}" y1="14" y2="98" />
    <text class="label now" x="${percent(place(now))}" y="10">now</text>`;

/** A life as a picture. Everything it says is also said in words beside it. */
export function drawing(life: Life, { span, now }: { readonly span: Span; readonly now: number }): Html {
  const place = placeIn(span);
  const least = leastWidth(span);
  return html`<svg
    class="time-line ${least === null ? '' : `least-${least}`}"
    role="group"
    aria-label="Time line: ${life.plan}"
    width="100%"
    height="${HEIGHT}"
  >
    ${tickLines(span, place)} ${planned(life, now, place)} ${life.phases.map((phase) => bar(phase, now, place))}
    ${nowLine(now, span, place)} ${life.marks.map((one) => mark(one, place))}
  </svg>`;
}
