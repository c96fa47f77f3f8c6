/** A row of the table. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** What `value` and `floor` are in: `ms`, `a second`, `dollars a million`; empty for a number. */
  readonly unit: string;
  /** The least that is possible, measured in the same run. @default - there is none, the value speaks for itself */
  readonly floor?: number;
  readonly target?: Target;
  /** What else was seen, for whoever reads the row: `p99 12 ms`. */
  readonly seen?: string;
}

/** The most that `value`, or `value` by `floor`, may be. */
export interface Target {
  readonly of: 'value' | 'ratio';
  readonly atMost: number;
}

/** Figures that were measured in the same way. */
export interface Group {
  readonly name: GroupName;
  /** What was measured, how, and against what. */
  readonly about: string;
  readonly figures: readonly Figure[];
}

export const GROUPS = ['cold', 'warm', 'load', 'costs', 'growth'] as const;
export type GroupName = (typeof GROUPS)[number];

export const ratioOf = ({ value, floor }: Figure): number | undefined =>
  floor === undefined ? undefined : value / floor;

/** Undefined when the figure has no target. */
export function reached(figure: Figure): boolean | undefined {
  const { target, value } = figure;
  if (target === undefined) return undefined;
  // As they are printed: nobody should read "1.30" and "missed" for 1.3004.
  return rounded(target.of === 'ratio' ? (ratioOf(figure) ?? Infinity) : value) <= target.atMost;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
