import { LEAST_WIDTHS } from './time-line/scale.ts';

const leastWidths = LEAST_WIDTHS.map((width) => `.least-${width} { min-width: ${width}px; }`).join('\n');

/** What the dashboard's pages have beside the style of all pages. */
export const DASHBOARD_STYLE = `
:root { --trial: #3d6fb4; --active: #1f7a55; --past: #a85f00; --unpaid: #a4262c; --pause: #6b6f76; --ink: #1d2321; }
@media (prefers-color-scheme: dark) {
  :root { --trial: #86b2f0; --active: #6fcf9f; --past: #f2b04a; --unpaid: #ff9a94; --pause: #a5abb3; --ink: #101412; }
}
main.wide { max-width: 90rem; }
h3 { font-size: 1rem; margin: 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.row { margin-top: 0.5rem; flex-direction: row; }
.row button { width: auto; }
td:first-child, td time { white-space: nowrap; }
button { padding: 0.4rem 0.75rem; font-size: 0.9rem; }
button[aria-disabled='true'] { opacity: 0.5; cursor: progress; }
.controls { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)); gap: 1rem 2rem; }
.control p { margin: 0; }
@media (min-width: 60rem) { .controls { grid-template-columns: 2fr 1fr 1fr; } }
#clock { font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
.said { position: sticky; top: 0; z-index: 1; }
.said p { margin: 0; background: var(--card); }
.said p:not(:empty) { padding: 0.5rem 0.75rem; margin-bottom: 0.5rem; border: 1px solid var(--line); border-radius: 0.3rem; box-shadow: 0 2px 8px #0003; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 0 1rem; align-items: start; }
ol.customers, ol.events, .lines, .legend { list-style: none; margin: 0; padding: 0; }
ol.customers > li { padding: 0.75rem 0; border-top: 1px solid var(--line); }
ol.customers > li:first-child { border-top: 0; padding-top: 0; }
.life p { margin: 0.25rem 0; }
.lines > li { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: center; justify-content: space-between; padding: 0.2rem 0; }
.lines button { padding: 0.2rem 0.6rem; }
.lines > li > :first-child { flex: 1 1 16rem; min-width: 0; overflow-wrap: anywhere; }
.lines > li > details { flex-basis: 100%; }
.event { display: grid; grid-template-columns: 1fr max-content; gap: 0 1rem; align-items: center; border-top: 1px solid var(--line); padding: 0.35rem 0; font-size: 0.9rem; }
.event p { margin: 0; overflow-wrap: anywhere; }
.event > :nth-child(2) { grid-row: 2; grid-column: 1 / -1; }
.event > details[open] { grid-row: 3; grid-column: 1 / -1; min-width: 0; }
@media (min-width: 60rem) {
  .event { grid-template-columns: 2fr 3fr max-content; }
  .event > :nth-child(2) { grid-row: auto; grid-column: auto; }
}
.delivery strong { color: var(--pause); }
.delivery.delivered strong { color: var(--active); }
.delivery.failed strong { color: var(--bad); }
.attempts { margin: 0.25rem 0; padding-left: 1.5rem; font-size: 0.9rem; overflow-wrap: anywhere; }
.filter { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; margin-bottom: 0.75rem; }
.filter input[type='text'] { width: 16rem; max-width: 100%; padding: 0.35rem; }
select { font: inherit; font-size: 0.9rem; color: inherit; background: var(--back); border: 1px solid var(--line); border-radius: 0.3rem; padding: 0.35rem; max-width: 100%; }
details { border: 0; padding: 0; margin: 0; background: none; font-size: 0.9rem; }
summary { cursor: pointer; font-weight: 400; }
.payload { overflow: auto; max-height: 30rem; margin: 0.5rem 0 0; padding: 0.75rem; background: var(--back); font-size: 0.85rem; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; font-size: 0.85rem; margin: 0 0 1rem; }
.legend li { display: flex; align-items: center; gap: 0.35rem; }
.scroll { overflow-x: auto; }
.readout { min-height: 1.35rem; margin: 0; }
.shapes { position: absolute; }
.time-line { display: block; overflow: visible; }
${leastWidths}
.tick { stroke: var(--line); }
.label { fill: var(--note); font-size: 11px; text-anchor: middle; }
.label.strong, .label.now { fill: var(--front); font-weight: 600; }
line.now { stroke: var(--front); stroke-dasharray: 2 3; }
.in-bar { fill: var(--card); font-size: 11px; font-weight: 600; pointer-events: none; }
.phase { fill: var(--active); }
.phase.trialing { fill: var(--trial); }
.phase.past_due, .phase.incomplete { fill: var(--past); }
.phase.unpaid { fill: var(--unpaid); }
.phase.paused, .phase.collection_paused { fill: var(--pause); }
.planned line { stroke: var(--active); stroke-width: 2; stroke-dasharray: 5 4; }
.planned circle { fill: var(--card); stroke: var(--active); stroke-width: 2; }
.planned.ends line { stroke: var(--bad); }
.glyph { fill: var(--front); stroke: var(--front); stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.glyph .inner { fill: none; stroke: var(--card); }
.glyph .hollow { fill: var(--card); }
.glyph.paid { fill: var(--active); stroke: var(--active); }
.glyph.failed, .glyph.disputed, .glyph.written_off { stroke: var(--bad); }
.glyph.asks, .glyph.refunded { stroke: var(--past); }
.glyph.started, .glyph.ended, .glyph.notice, .glyph.plan, .glyph.card { stroke-width: 1; }
.hit { fill: transparent; }
.mark:focus-visible { outline: none; }
.mark:focus-visible .hit, .mark:hover .hit { fill: #e0a80055; stroke: #e0a800; stroke-width: 2; }
`;
