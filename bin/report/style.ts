/** Light and dark as the reader's machine is, and black on white on paper. Of a chart too wide for the screen its end is seen first. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1a1d21; --quiet: #5c6570; --line: #d5dae0; --page: #fff; --held: #3b6fb6; --began: #2f7d5b; --ended: #b5533c }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ed; --quiet: #9aa4af; --line: #363d45; --page: #15181c; --held: #6f9fe0; --began: #5bb48b; --ended: #e0846d } }
body { margin: 0 auto; padding: 1.5rem; max-width: 60rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif }
h1 { font-size: 1.4rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
.when, .notes, .key { color: var(--quiet); font-size: .875rem }
.mrr { list-style: none; padding: 0; margin: 1rem 0 0 } .mrr li { font-size: 1.25rem; font-variant-numeric: tabular-nums }
.wide { overflow-x: auto } .chart { direction: rtl } svg { display: block; direction: ltr; width: 100%; min-width: 38rem } svg text { font: 12px system-ui, sans-serif; fill: var(--quiet); text-anchor: middle }
svg line { stroke: var(--line) } .held { fill: var(--held) } .began { fill: var(--began) } .ended { fill: var(--ended) }
.key i { display: inline-block; width: .75em; height: .75em; margin: 0 .35em 0 .9em } .key i:first-child { margin-left: 0 } i.began { background: var(--began) } i.ended { background: var(--ended) }
table { border-collapse: collapse; font-variant-numeric: tabular-nums } th, td { padding: .3rem .75rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap }
th { font-weight: 600; color: var(--quiet) } th:first-child, td:first-child { text-align: left; padding-left: 0 }
.notes { padding-left: 1.2rem } a { color: inherit }
@media print {
  :root { color-scheme: light; --text: #000; --quiet: #444; --line: #bbb; --page: #fff; --held: #3b6fb6; --began: #2f7d5b; --ended: #b5533c }
  body { padding: 0; max-width: none; print-color-adjust: exact; -webkit-print-color-adjust: exact } .wide { overflow: visible } svg { min-width: 0 } h2, tr, svg { break-inside: avoid; break-after: avoid }
}`;
