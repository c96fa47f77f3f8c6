import { type Html, html } from '../../html.ts';
import { dateOf, isoOf } from '../times.ts';
import { MARK_NAMES } from './glyphs.ts';
import type { Life } from './life.ts';
import { PHASE_NAMES, type PhaseKind } from './phases.ts';
import type { MarkKind } from './telling.ts';

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

function nextWords({ next }: Life): string | null {
  if (next === null) return null;
  return `${next.ends ? 'ends' : 'next period'} ${dateOf(next.at)}`;
}

/** A life in a line: `Active, 13 paid, 1 failed attempt, next period 23 Dec 2027`. */
export function summaryOf(life: Life): string {
  const { phases, marks } = life;
  const current = phases.at(-1);
  const status = current?.to === null ? PHASE_NAMES[current.kind] : 'Ended';
  const of = (kind: MarkKind): number => marks.filter((mark) => mark.kind === kind).length;
  const failed = of('failed') > 0 && counted(of('failed'), 'failed attempt');
  return [status, `${of('paid')} paid`, failed, nextWords(life)].filter(Boolean).join(', ');
}

interface Fact {
  readonly at: number;
  readonly words: string;
  readonly event: string | null;
}

/** Marks and turns of the phases in one order; what is to come is the last. */
function factsOf({ phases, marks, next }: Life): Fact[] {
  const turns = phases.map(({ kind, from }) => ({ at: from, words: `Status: ${PHASE_NAMES[kind]}`, event: null }));
  const happened = [...marks, ...turns].toSorted((a, b) => a.at - b.at);
  const planned = next === null ? [] : [{ at: next.at, words: next.ends ? 'To end' : 'Next period', event: null }];
  return [...happened, ...planned];
}

const factRow = ({ at, words, event }: Fact): Html =>
  html`<tr>
    <td><time datetime="${isoOf(at)}">${dateOf(at)}</time></td>
    <td>${event === null ? words : html`<a href="/events/${event}">${words}</a>`}</td>
  </tr>`;

/** All that the drawing shows, as a table. */
export const inWords = (life: Life): Html =>
  html`<details id="words-${life.subscription.id}">
    <summary>The same in words</summary>
    <div class="table">
      <table>
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col">What happened</th>
          </tr>
        </thead>
        <tbody>
          ${factsOf(life).map(factRow)}
        </tbody>
      </table>
    </div>
  </details>`;

const unique = <T>(all: readonly T[]): T[] => [...new Set(all)];

const phaseKey = (kind: PhaseKind): Html =>
  html`<li>
    <svg width="16" height="16" aria-hidden="true"><rect class="phase ${kind}" y="3" width="16" height="10" /></svg>
    ${PHASE_NAMES[kind]}
  </li>`;

const markKey = (kind: MarkKind): Html =>
  html`<li>
    <svg width="16" height="16" aria-hidden="true"><use href="#mark-${kind}" x="8" y="8" /></svg>
    ${MARK_NAMES[kind]}
  </li>`;

/** What the colours and shapes mean, of those that are to be seen; nothing when there are none. */
export function legend(lives: readonly Life[]): Html | false {
  const phases = unique(lives.flatMap((life) => life.phases.map(({ kind }) => kind)));
  const marks = unique(lives.flatMap((life) => life.marks.map(({ kind }) => kind)));
  if (phases.length === 0) return false;
  return html`<ul class="legend" id="legend" aria-label="Legend">
      ${phases.map(phaseKey)} ${marks.map(markKey)}
    </ul>
    <p class="note">Point at a mark, or go to it with Tab, and it is told beneath its line. It leads to its event.</p>`;
}
