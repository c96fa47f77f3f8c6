/** Something that can happen next. */
export interface Choice {
  /** What is told when it is chosen; nothing if it tells itself. */
  readonly name?: () => string;
  readonly go: () => unknown;
}

/** A pick says who goes on (its upper five bits) and how long it takes (its lower three). */
const QUICKEST_STEPS = 28;
/** Milliseconds. */
const LATENCY = 40;

interface Chosen {
  readonly chosen: Choice | undefined;
  readonly milliseconds: number;
}

const among = (choices: readonly Choice[], who: number): Choice | undefined => choices[who % choices.length];

/** Decides by a history's picks. When they run out, the first goes on each time, and takes no time. */
export function createPicks(picks: readonly number[]) {
  let taken = 0;
  return {
    /**
     * @param others what goes on already, and what may begin; oldest first
     * @param step the next thing that somebody does: now and then it comes before them, else when they are through
     * @param slow what goes on when there is nothing else
     */
    choose(others: readonly Choice[], step: Choice | undefined, slow: () => readonly Choice[]): Chosen {
      const pick = picks[taken] ?? 0;
      taken += 1;
      const who = pick >> 3;
      const first = others.length === 0 || who >= QUICKEST_STEPS ? step : undefined;
      const chosen = first ?? among(others, who) ?? among(slow(), who);
      return { chosen, milliseconds: (pick & 7) * LATENCY };
    },
  };
}
